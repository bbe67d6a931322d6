"""A file that reaches for the world around it in every way; see `reckon_unknowns`."""

from __future__ import annotations

IMPORTS = """
import re, sys, os, json, math, string, enum, copy, operator, functools, itertools, collections, dataclasses, textwrap
import datetime, time, random, subprocess, typing, types, inspect, builtins, pathlib, shutil, logging, statistics, gc
import decimal, uuid, locale, csv, io, abc, heapq
from datetime import date
from pathlib import Path

class Thing:
    def __init__(self, x=1):
        self.x = x
    def method(self):
        return self.x

class Error(Exception):
    pass

class Odd:
    def __getattribute__(self, name):
        return 5

class Made(type):
    pass

class Unhashed:
    def __eq__(self, other):
        return True

def stream():
    yield 1

def forever():
    while True:
        pass

def deep(n):
    return deep(n + 1)

def doubling():
    text = "a"
    while True:
        text += text

def tall():
    found = []
    for _ in range(3000):
        found = [found]
    return found

def swallowing():
    try:
        os.getcwd()
    except BaseException:
        return "swallowed"

def swallowing_all():
    try:
        open("/etc/passwd")
    except:
        pass
    finally:
        return "finally"

def any_of():
    return any(os.getcwd() for _ in range(2))

def with_default():
    return getattr(os, "getcwd", None)

def caught():
    try:
        Thing(1, 2, 3)
    except TypeError as error:
        return str(error)

def traced():
    try:
        1 / 0
    except ZeroDivisionError as error:
        return error.__traceback__.tb_frame.f_globals

def chained():
    try:
        1 / 0
    except ZeroDivisionError as error:
        return error.with_traceback(None)

class Injected:
    __annotations__ = {"x, y=__import__('os').system('true')": int}

class Changed:
    x: int
    __annotations__["y=1"] = int

class Shown:
    text = "{} {}".format
    shown = property(str)
    add = operator.add

@dataclasses.dataclass
class Held:
    items: set

class Unbound:
    text = "{} {}".format
    add = operator.add

class Hashed:
    def __hash__(self):
        self.number = hash("a")
        return 1

class Leaving:
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        return trace.tb_frame.f_back

def grown():
    found = {1, 2}
    iterator = iter(found)
    found.add(3)
    return sum(iterator)

def moved():
    found, count = {1, 2}, 0
    for one in found:
        found.remove(one)
        found.add(one + 10)
        count += 1
    return count

def left():
    with Leaving():
        1 / 0
"""
