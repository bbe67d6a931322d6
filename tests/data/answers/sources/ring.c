#include <stdbool.h>
#include <stddef.h>

#define RING_SIZE 64

struct ring {
    unsigned char data[RING_SIZE];
    size_t head;
    size_t count;
};

void ring_clear(struct ring *ring)
{
    ring->head = 0;
    ring->count = 0;
}

/* Put a byte at the end; false where there is no room. */
bool ring_push(struct ring *ring, unsigned char byte)
{
    if (ring->count == RING_SIZE)
        return false;
    ring->data[(ring->head + ring->count) % RING_SIZE] = byte;
    ring->count++;
    return true;
}

bool ring_pop(struct ring *ring, unsigned char *byte)
{
    if (ring->count == 0)
        return false;
    *byte = ring->data[ring->head];
    ring->head = (ring->head + 1) % RING_SIZE;
    ring->count--;
    return true;
}

size_t ring_room(const struct ring *ring)
{
    return RING_SIZE - ring->count;
}
