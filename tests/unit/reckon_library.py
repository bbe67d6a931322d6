"""Generators and Python's own library, and questions about them; see `reckon_samples`."""

from __future__ import annotations

GENERATORS = """
from itertools import islice
def numbers(n):
    i = 0
    while True:
        if i >= n:
            return
        yield i
        i += 1

def flat(value):
    for one in value:
        if isinstance(one, list):
            yield from flat(one)
        else:
            yield one

def pairs(text):
    for a in text:
        for b in text:
            if a < b:
                x = yield a + b
    else:
        yield "end"

def forever():
    n = 1
    while True:
        yield n
        n *= 2

def failing():
    yield 1
    raise ValueError("x")

def stopping():
    yield 1
    raise StopIteration

def running_out():
    it = iter([1])
    return next(it) + next(it)

def guarded():
    it = iter([1])
    found = []
    while True:
        try:
            found.append(next(it))
        except StopIteration:
            return found

def odd_one():
    return [next(it) for it in [iter([1]), iter([])]]

def odd_stream():
    return list(next(it) for it in [iter([1]), iter([])])

def state():
    g = numbers(3)
    return next(g), list(g), list(g)

def partly():
    log = []
    def noisy():
        for i in range(5):
            log.append(i)
            yield i
    for x in noisy():
        if x == 2:
            break
    return log

def lazy():
    log = []
    stream = (log.append(x) or x for x in range(3))
    before = list(log)
    first = next(stream)
    return before, first, log, sum(stream)
# asked:
list(numbers(4))
list(flat([1, [2, [3, []]], 4]))
list(pairs('abc'))
list(islice(forever(), 6))
list(failing())
list(stopping())
running_out()
guarded()
odd_one()
odd_stream()
state()
partly()
lazy()
sum(numbers(5)), max(numbers(3)), tuple(numbers(2)), dict(zip('ab', numbers(2))), sorted(numbers(3), reverse=True)
[*numbers(2), *forever()] if False else 1
any(n > 3 for n in forever())
next(numbers(0))
next(numbers(0), 'none')
len(numbers(3))
a if (a := list(numbers(1))) else 0
"""

LIBRARY = """
from __future__ import annotations
import re, math, json, copy, textwrap, string, html, statistics, itertools, functools, operator, heapq, bisect
import datetime as dt
import unicodedata
import collections
import logging
from collections import Counter, defaultdict, OrderedDict, deque
from collections.abc import Mapping, Iterable
from datetime import date, datetime, timedelta, time
from decimal import Decimal, ROUND_HALF_UP, InvalidOperation
from fractions import Fraction
from functools import lru_cache, reduce, partial, wraps, cache
from typing import Any, Optional
from urllib.parse import quote, urlencode, urlsplit, parse_qs
import urllib.parse
import calendar

log = logging.getLogger(__name__)
Row = dict[str, Any]
Maybe = Optional[int]
WORD = re.compile(r"(?P<first>\\w)(\\w*)", re.I)

def words(text):
    log.debug("words of %s", text)
    return [m.group("first").upper() + m[2] for m in WORD.finditer(text)]

def swap(text):
    return re.sub(r"(a)(b)?", lambda m: f"<{m.group(1)}{m.group(2)}>", text)

@lru_cache(maxsize=None)
def slow(n):
    return n if n < 2 else slow(n - 1) + slow(n - 2)

@cache
def quick(n):
    return n * 2

def logged(function):
    @wraps(function)
    def inner(*args):
        return function(*args), inner.__name__
    return inner

@logged
def plus(a, b):
    return a + b

def groups(items):
    found = defaultdict(list)
    for item in items:
        found[len(item)].append(item)
    return dict(found)

def money(text):
    return Decimal(text).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

def deadline(day, n):
    day = date.fromisoformat(day)
    while n:
        day += timedelta(days=1)
        if day.weekday() < 5:
            n -= 1
    return day

def tally(text):
    c = Counter(text)
    return c.most_common(2), c["zz"], c.total()

def kinds(value):
    return isinstance(value, Mapping), isinstance(value, Iterable)
# asked:
words('ann lee_2')
swap('ab a c')
re.fullmatch(r'\\d+', '12').group(), re.match('x', 'y'), re.split(r'[,;]\\s*', 'a, b;c'), re.findall(r'(\\w)=(\\d)', 'a=1 b=2')
re.search('b', 'abc').span(), re.escape('a.b'), re.sub('a', 'b', 'aaa', count=2), re.IGNORECASE is re.I
re.compile('(')
WORD.pattern, WORD.groups
slow(40), quick(4), plus(1, 2)
groups(['a', 'bb', 'c'])
money('2.345'), money('1'), Decimal('0.1') + Decimal('0.2'), Decimal(3) / Decimal(7)
Decimal('x')
Decimal(1) / 0
deadline('2024-03-01', 3)
deadline('2024-13-01', 3)
date(2024, 2, 29).strftime('%d.%m.%Y %A %b'), date(2024, 2, 29) + timedelta(days=1), (date(2024, 3, 1) - date(2024, 1, 1)).days
datetime(2024, 1, 2, 3, 4).isoformat(), datetime.strptime('2024-05-03 20:15', '%Y-%m-%d %H:%M'), f'{datetime(2024, 1, 2):%H:%M}'
datetime.strptime('x', '%Y')
dt.datetime(2024, 1, 2) - dt.datetime(2024, 1, 1), timedelta(hours=25), time(4, 5).isoformat(), date.max, timedelta(1).total_seconds()
date(2024, 2, 30)
date(2024, 1, 1) < datetime(2024, 1, 1)
date(2024, 1, 1).replace(day=5), date(2024, 1, 1).isocalendar()[1], date(2024, 1, 1).isoformat()
tally('abracadabra')
kinds({}), kinds('a'), kinds(3)
math.sqrt(16), math.ceil(1.2), math.floor(-1.2), math.gcd(12, 18), math.pi, math.isclose(0.1 + 0.2, 0.3), math.inf, math.factorial(5), math.comb(5, 2)
math.sqrt(-1)
json.dumps({'a': [1, None, True], 'b': 'é'}), json.loads('{"a": [1, 2.5, null]}'), json.dumps([1], indent=2), json.dumps({'b': 1, 'a': 2}, sort_keys=True)
json.loads('{')
json.dumps({1j: 2})
copy.deepcopy([[1], {'a': []}]), copy.copy([1])
textwrap.dedent('  a\\n  b'), textwrap.fill('aaa bbb ccc', 7), textwrap.shorten('hello there you', 10)
string.ascii_lowercase[:3], string.digits, string.punctuation
html.escape('<a>'), html.unescape('&lt;'), quote('a b/c'), urlencode({'a': 'b c', 'd': 1}), urlsplit('http://x.y:80/p?q#f').netloc, urlsplit('//h/p').hostname
parse_qs('a=1&b=2&a=3'), urllib.parse.unquote('%41'), urlsplit('http://a/b').geturl()
statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.pstdev([1, 2])
statistics.mean([])
list(itertools.chain([1], 'a')), list(itertools.product('ab', [1, 2])), list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest([1], [2, 3])), [(k, list(g)) for k, g in itertools.groupby('aab')]
list(itertools.islice(itertools.count(5), 3)), list(itertools.combinations('abc', 2)), list(itertools.pairwise('abc')), list(itertools.takewhile(lambda x: x < 3, [1, 5]))
reduce(operator.mul, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 5), partial(int, base=2)('101'), functools.reduce(operator.add, ['a', 'b'])
sorted([{'a': 2}, {'a': 1}], key=operator.itemgetter('a')), list(map(operator.attrgetter('real'), [1, 2.5])), sorted('ba', key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b)))
heapq.nlargest(2, [1, 5, 3]), bisect.bisect([1, 3, 5], 3), heapq.heappop([1, 2])
unicodedata.normalize('NFKD', 'é'), unicodedata.category('a'), unicodedata.combining('\\u0301')
Fraction(1, 3) + Fraction(1, 6), Fraction('0.25'), Fraction(3, 4).numerator, float(Fraction(1, 4))
Fraction(1, 0)
OrderedDict([('a', 1)]), deque([1, 2, 3], maxlen=2), defaultdict(int), Counter('aab'), Counter('ab') + Counter('b')
list(deque([1, 2])), deque([1]).popleft(), defaultdict(list)['x'], collections.Counter(a=2).most_common()
calendar.monthrange(2024, 2), calendar.isleap(2023), calendar.monthrange(2024, 2)[1]
log.warning('x'), log.info('%s', 1)
Counter({'a': 1})['b'], Counter('aab') - Counter('a'), list(Counter('aab').elements())
OrderedDict(a=1, b=2).popitem(last=False), deque(maxlen=2)
datetime(2024, 1, 1, tzinfo=dt.timezone.utc).isoformat(), datetime.fromisoformat('2024-01-01T10:00:00'), datetime.combine(date(2024, 1, 1), time(3))
"""
