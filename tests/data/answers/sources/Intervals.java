package notes;

import java.util.ArrayList;
import java.util.List;

/** Intervals of whole numbers, both ends included. */
public final class Intervals {
    public record Interval(int low, int high) {}

    private Intervals() {}

    public static boolean overlap(Interval one, Interval other) {
        return one.low() <= other.high() && other.low() <= one.high();
    }

    public static List<Interval> merge(List<Interval> sorted) {
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            if (merged.isEmpty() || !overlap(merged.get(merged.size() - 1), next)) {
                merged.add(next);
            } else {
                Interval last = merged.remove(merged.size() - 1);
                merged.add(new Interval(last.low(), Math.max(last.high(), next.high())));
            }
        }
        return merged;
    }

    public static int length(Interval interval) {
        return interval.high() - interval.low() + 1;
    }
}
