"""Expressions, and what they give; see `reckon_samples`."""

from __future__ import annotations

EXPRESSIONS = """
X = 5
# asked:
1 + 2 * 3 ** 2 // 4 - 7 % 3 / 2
-7 // 2, -7 % 3, divmod(-7, 3), ~5, +3, not 3
1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 != 2, 'a' in 'abc', 4 not in [1, 2]
None is None, X is not None, [] == [], () == [], 1 is True
0 or '' or 'x', 1 and 0 and 2, 0 or [], 3 if X else 4
f'{X} {X!r:>5} {X:04d} {3.14159:.2f} {"a"!r} {X:>{X + 1}}|{X=}'
f'{"é"!a} {{}} {1000000:,} {0.25:%} {255:#x} {"ab":*^6}'
f'{X:zz}'
f'{None:>5}'
[1, 2, 3, 4][1:3], 'hello'[::-1], (1, 2, 3)[-1], [1, 2][5:], 'abc'[slice(1)]
[1][5]
{}['k']
'abc'['a']
5[0]
[x * y for x in range(3) for y in range(x) if x + y > 1]
{x: y for x, y in zip('ab', range(5))}
sorted({x % 3 for x in range(10)})
sum(x for x in range(5) if x % 2)
list(x for x in [[1], [2]] for x in x)
[[y for y in range(x)] for x in range(3)]
[*range(3), *'ab'], (*[1],), {**{'a': 1}, 'b': 2, **{'a': 3}}
'%s and %r %5.1f %-5d| %% %x %c' % ('a', 'b', 2.55, 7, 255, 'z')
'%(name)s is %(age)03d' % {'name': 'ann', 'age': 7}
'%d' % 'x'
'%s %s' % (1,)
'%s' % [1, 'a', None]
'{} {} {0}'.format(1)
'{0} {1:>4} {0!r} {name:.2f} {{}}'.format('a', 5, name=2.5)
'{:{}}|{:>{w}}'.format('x', 4, 'y', w=3)
'{} {}'.format(1)
'{a}'.format(b=1)
'{a} {b}'.format_map({'a': 1, 'b': [2]})
1 + 'a'
'a' + 1
'a' * 3, [0] * 2, 2 * (1, 2), 'a' * -1
2 ** 10, 2 ** -1, pow(2, 10, 7), 2.5 ** 2, (-8) ** (1 / 3)
0.1 + 0.2, 1e300 * 1e10, 7 / 2, 1 / 3
1 / 0
2.0 // 0
len('abc'), len([]), len({1: 2}), len(range(5))
len(5)
sorted([3, 1, 2], reverse=True), sorted('bca', key=str.upper), sorted(['bb', 'a'], key=len)
sorted([1, 'a'])
min(3, 1, 2), max([1, 5]), min([], default=4), max('ab', 'c', key=len)
min([])
sum([1, 2], 10), sum([[1], [2]], []), sum([0.1] * 3), any([]), all([]), any(x > 2 for x in [1, 3])
list(enumerate('ab', 1)), list(zip([1, 2], 'ab', strict=True)), list(map(int, ['1', '2'])), list(filter(None, [0, 1]))
list(zip([1], [1, 2], strict=True))
list(reversed([1, 2])), list(reversed('ab')), list(range(10, 0, -3))
int('12'), int(' 7 '), int('ff', 16), int(3.9), float('1.5'), float('inf'), bool(''), str(1.0), int('1_000')
int('x')
int(None)
int([])
float('a.b')
round(2.5), round(3.14159, 2), round(-0.5), abs(-3), round(1234, -2)
chr(97), ord('a'), hex(255), bin(5), oct(8), ascii('é')
ord('ab')
isinstance(1, int), isinstance(True, int), isinstance('a', (int, str)), isinstance(1, int | str), issubclass(bool, int)
type(1) is int, type('a') == str, type(1).__name__, (1).__class__.__name__, type(None).__name__
repr('a'), str([1, 'b']), repr({'a': (1,)}), str(None), repr(1.5), str(b'x')
callable(len), callable(5), callable(lambda: 1)
list('ab'), tuple([1]), dict(a=1), dict([('a', 1)]), dict({'a': 1}, b=2), list({1: 2}.items())
next(iter([1])), next(iter([]), 5)
next(iter([]))
hasattr('a', 'upper'), hasattr('a', 'nothing'), getattr('a', 'upper')(), getattr('a', 'zzz', 3)
getattr('a', 'zzz')
None.strip()
'a'.nothing
(5).upper()
'Hello World'.split(), 'a,b'.split(','), ' x '.strip(), 'a-b'.partition('-'), 'abc'.find('c'), 'aXb'.lower()
'x'.join(['a', 'b']), 'abc'.replace('b', 'd'), 'abc'.startswith(('a', 'b')), 'ab'.zfill(5), 'ab'.center(7, '*')
', '.join([1])
'hello world'.title(), 'abc'.index('b'), 'a\\nb'.splitlines(), 'é'.encode(), b'ab'.decode(), 'aa'.count('a')
'abc'.index('z')
'abc'.translate(str.maketrans('ab', 'xy')), 'Straße'.casefold(), '½'.isnumeric(), 'ab1'.isalnum()
[1, 2].index(2), [1, 2, 1].count(1), [3, 1].copy()
[1].index(5)
[].pop()
{'a': 1}.get('b', 2), {'a': 1}.pop('a'), {'a': 1}.setdefault('b', []), {'a': 1} | {'b': 2}, dict.fromkeys('ab', 0)
{'a': 1}.pop('z')
{1, 2} == {2, 1}, {1} | {1}, 1 in {1, 2}, {1, 2} <= {1, 2, 3}, len({1, 2} & {2})
sorted({'b', 'a'} | {'c'}), ','.join(sorted({'x', 'y'})), sum({1, 2, 3}), max({'a', 'b'})
{[]}
{[]: 1}
hash([]) if False else 3
1_000, 0x1f, 1e3, 2j * 2j, ..., b'a' + b'b'
complex(1, 2), (1 + 2j).real, abs(3 + 4j)
(1).bit_length(), (255).to_bytes(2, 'big'), (0.5).as_integer_ratio(), (2.0).is_integer()
int.from_bytes(b'\\x01\\x00', 'big'), bytes([1, 2]), bytes(3), 'ab'.encode('utf-8').hex()
[1, 2] < [1, 3], (1, 'a') < (1, 'b'), 'a' < 'b', {'a': 1} == {'a': 1.0}
[] < 5
undefined
undefined.x
str(1, 2)
print('x')
print('x', end='') is None
slice(1, 2), range(3), range(0, 10, 2)[2], 3 in range(5)
range(1, 2, 0)
[i for i in 5]
[a for a, b in [(1, 2), (3,)]]
'a' if [] else 'b' if {} else 'c'
(x := 3) + x
divmod(7, 0)
list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(map(str, [1, 2])), list(map(str.strip, [' a ']))
max([('a', 1), ('b', 2)], key=lambda pair: pair[1])[0]
sorted([('b', 1), ('a', 1)], key=lambda p: (-p[1], p[0]))
"{:%Y-%m}".format(5)
'abc'.removeprefix('a').removesuffix('c'), 'a.b.c'.rsplit('.', 1), 'abc'.rjust(5) + '|'
'\\t'.expandtabs(4), 'aBc'.swapcase(), 'a b'.isidentifier(), '12'.isdecimal()
bool([]), bool([0]), bool(0.0), not ''
"""
