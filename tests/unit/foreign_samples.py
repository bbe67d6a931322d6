"""Sources of each language as people write them, with what makes splicing hard: twins, groups, frames, odd strings."""

from __future__ import annotations

from tests.unit.foreign_samples_more import CPP, RUBY, SHELL, C

JAVASCRIPT = """\
'use strict';

const fs = require('fs');
import { join } from 'path';

const LIMIT = 10, STEP = 2;

/**
 * Adds.
 */
export function add(a, b) {
  // both are numbers
  return a + b;
}

const twice = (x) => x * 2;

export class Shop extends Base {
  #stock = new Map();
  static count = 0;

  constructor(name) {
    super();
    this.name = name;
  }

  get size() {
    return this.#stock.size;
  }

  set size(value) {
    throw new Error('no');
  }

  async sell(item, n = 1) {
    const text = `
      sold ${item}
    `;
    return text;
  }

  onClick = () => {
    this.sell('x');
  };
}

const api = {
  get(url) {
    return fetch(url);
  },

  post: function (url, body) {
    return fetch(url, { body });
  },

  del: async (url) => fetch(url),
  version: 3,
};

Shop.prototype.close = function () {
  return true;
};

module.exports.load = function load(path) {
  return fs.readFileSync(path);
};

module.exports = { add, twice };
"""

TYPESCRIPT = """\
import { Injectable } from '@angular/core';
import type { User } from './user';

export interface Options {
  deep: boolean;
}

export type Id = string | number;

export function pick(id: string): string;
export function pick(id: number): number;
export function pick(id: any): any {
  return id;
}

@Injectable()
export class Service<T> {
  @Input() name = 'x';

  constructor(private readonly http: Http) {}

  // Finds one.
  @Memo()
  public async find(id: Id): Promise<T | null> {
    return this.http.get(`/items/${id}`);
  }

  protected abstract close(): void;
}

export enum Color { Red, Green }

namespace Inner {
  export const depth = 1;
  export function dig(): number {
    return depth;
  }
}

export default function main(): void {
  console.log(pick('a'));
}
"""

GO = """\
// Package stack holds things.
package stack

import (
\t"errors"
\t"fmt"
)

const (
\tFirst = iota
\tSecond
)

// Max is the most.
const Max = 10

var errEmpty = errors.New("empty")

// Stack is a stack.
type Stack[T any] struct {
\titems []T
}

type (
\tKey   string
\tValue = int
)

// New makes one.
func New[T any]() *Stack[T] {
\treturn &Stack[T]{}
}

// Push adds v.
func (s *Stack[T]) Push(v T) {
\ts.items = append(s.items, v)
}

func (s *Stack[T]) Pop() (T, error) {
\tvar zero T
\tif len(s.items) == 0 {
\t\treturn zero, errEmpty
\t}
\tv := s.items[len(s.items)-1]
\ts.items = s.items[:len(s.items)-1]
\treturn v, nil
}

func help() string {
\treturn fmt.Sprintf(`
  usage
`)
}
"""

RUST = """\
//! Shapes.
#![allow(dead_code)]

use std::fmt::{self, Display};

const SIDES: u32 = 4;

/// A square.
#[derive(Debug, Clone)]
pub struct Square {
    side: f64,
}

impl Square {
    /// Makes one.
    pub fn new(side: f64) -> Self {
        Square { side }
    }

    #[inline]
    pub fn area(&self) -> f64 {
        self.side * self.side
    }
}

impl Display for Square {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "square of {}", self.side)
    }
}

pub trait Shape {
    fn name(&self) -> String;

    fn loud(&self) -> String {
        self.name().to_uppercase()
    }
}

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

#[cfg(unix)]
fn sep() -> char {
    '/'
}

#[cfg(windows)]
fn sep() -> char {
    '\\\\'
}

fn total(shapes: &[Square]) -> f64 {
    shapes.iter().map(|s| s.area()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_of_two() {
        assert_eq!(Square::new(2.0).area(), 4.0);
    }
}
"""

JAVA = """\
package com.shop;

import java.util.List;
import java.util.Map;

/** A shop. */
public class Shop extends Base implements Runnable {
    private static final int MAX = 10;
    private final String name;

    public Shop() {
        this("none");
    }

    public Shop(String name) {
        this.name = name;
    }

    /** Sells. */
    @Override
    public int sell(String item, int n) {
        return n;
    }

    public int sell(String item) {
        return sell(item, 1);
    }

    public String name() {
        return name;
    }

    enum Kind {
        SMALL, LARGE;

        boolean isLarge() {
            return this == LARGE;
        }
    }

    interface Visitor<T> {
        T visit(Shop shop);
    }

    record Pair(int a, int b) {
        int sum() {
            return a + b;
        }
    }
}
"""

SAMPLES = {
    "a.js": JAVASCRIPT,
    "a.ts": TYPESCRIPT,
    "a.go": GO,
    "a.rs": RUST,
    "Shop.java": JAVA,
    "a.c": C,
    "a.hpp": CPP,
    "a.rb": RUBY,
    "a.sh": SHELL,
}
