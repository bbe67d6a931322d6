"""The sources of `foreign_samples` for C, C++, Ruby and shell."""

from __future__ import annotations

C = """\
/* Lists, licensed to all. */
#include <stdlib.h>
#include "list.h"

#define MAX_ITEMS 10
#define SQUARE(x) ((x) * (x))

typedef struct node {
    int value;
    struct node *next;
} node_t;

static int count;

static int compare(const void *a, const void *b);
int list_length(node_t *head);

/* Makes a node. */
node_t *
node_new(int value)
{
    node_t *node = malloc(sizeof *node);
    node->value = value;
    node->next = NULL;
    return node;
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int list_length(node_t *head)
{
    int length = 0;
#ifdef SLOW
    sleep(1);
#endif
    for (; head; head = head->next)
        length++;
    return length;
}

#ifdef _WIN32
int page_size(void) { return 4096; }
#else
int page_size(void) { return getpagesize(); }
#endif
"""

CPP = """\
#pragma once
#include <string>
#include <vector>

namespace shop {

class Item;

template <typename T>
class Store {
 public:
  explicit Store(std::string name) : name_(std::move(name)) {}
  virtual ~Store() = default;

  void add(const T& item) {
    items_.push_back(item);
  }

  const T& at(size_t n) const;
  T& at(size_t n);

  int size() const { return static_cast<int>(items_.size()); }

 private:
  std::string name_;
  std::vector<T> items_;
};

class Till {
 public:
  Till();
  double total(int n) const;
  bool operator==(const Till& other) const;

 private:
  double sum_ = 0;
};

Till::Till() {}

double Till::total(int n) const {
  return sum_ * n;
}

bool Till::operator==(const Till& other) const {
  return sum_ == other.sum_;
}

int parse(const std::string& text) {
  return std::stoi(text);
}

int parse(int value) {
  return value;
}

}  // namespace shop
"""

RUBY = """\
# frozen_string_literal: true

require 'json'

module Shop
  LIMIT = 10

  # An item.
  class Item < Base
    include Comparable

    attr_reader :name, :price

    def initialize(name, price)
      @name = name
      @price = price
    end

    # Compares.
    def <=>(other)
      price <=> other.price
    end

    def empty?
      name.nil?
    end

    def self.parse(text)
      new(*text.split(','))
    end

    class << self
      def build(options = {})
        new(options[:name], options[:price])
      end
    end

    def help
      <<~TEXT
        usage:
          item
      TEXT
    end

    private

    def secret
      42
    end
  end
end

class Shop::Item
  def to_s
    "#{name}: #{price}"
  end
end

puts Shop::Item.parse('a,1') if __FILE__ == $PROGRAM_NAME
"""

SHELL = """\
#!/usr/bin/env bash
# Deploys.
set -euo pipefail

. ./lib.sh

TARGET=${1:-prod}
readonly RETRIES=3

# Says it.
log() {
  echo "[$(date)] $*"
}

function usage {
  cat <<EOF
usage: deploy
  TARGET
EOF
}

deploy() {
  local host=$1
  if ! ssh "$host" true; then
    log "no $host"
    return 1
  fi
  log "done"
}

deploy "$TARGET"
"""
