"""Questions to which there must be no answer, in the file of `reckon_world`."""

from __future__ import annotations

UNKNOWN = """
date.today()
datetime.datetime.now()
datetime.datetime.utcnow()
datetime.datetime.now
datetime.datetime(2024, 1, 1).timestamp()
datetime.datetime.fromtimestamp(0)
datetime.datetime(2024, 1, 1).astimezone()
datetime.datetime(2024, 1, 1).strftime('%s')
f"{datetime.datetime(2024, 1, 1):%s}"
time.time()
random.random()
uuid.uuid4()
os.environ
os.getcwd()
os.path.exists('/')
Path('.').exists()
pathlib.Path('/etc/passwd').read_text()
open('/etc/passwd').read()
input()
sys.path
sys.modules
subprocess.run(['true'])
locale.getlocale()
eval('1')
exec('1')
compile('1', '', 'eval')
__import__('os')
globals()
locals()
vars()
dir()
id(5)
hash('a')
memoryview(b'a')
breakpoint()
help()
__name__
__file__
__builtins__
().__class__.__base__.__subclasses__()
().__class__.__mro__
().__class__.__bases__
[].__class__.__class__
''.__class__.mro()
type.mro(int)
int.mro()
Thing.mro()
Thing.__mro__
Thing.__subclasses__()
Thing.__dict__
Thing().__class__.__base__
Thing().method.__func__
Thing().method.__globals__
Thing.method.__globals__
Thing.method.__code__
Thing.method.__closure__
Thing.method.__defaults__
Thing.__init__.__globals__
(lambda: 1).__code__
len.__self__
len.__module__
[].append.__self__
getattr.__globals__
re.enum
re.enum.sys.modules
re.sre_parse
re.compile('a').__class__.__base__
json.codecs
json.decoder
string.Formatter
string.Template
string._re
collections._sys
dataclasses.sys
dataclasses.make_dataclass
enum.sys
functools.GenericAlias
functools.partial(open, '/etc/passwd')()
functools.partial(len).__reduce__()
functools.reduce(getattr, ['__class__', '__base__'], 5)
operator.attrgetter('__class__.__base__')(5)
operator.attrgetter('__globals__')(Thing.method)
operator.methodcaller('__class__')
operator.itemgetter(0).__class__
copy.sys
copy.copyreg
copy.deepcopy([1], {})
textwrap.re
statistics.sys
logging.os
logging.getLogger('a').manager
logging.getLogger('a').handlers
logging.Logger
typing.sys
typing.get_type_hints(Thing)
types.FunctionType
inspect.stack()
builtins.open
gc.get_objects()
csv.register_dialect('a')
csv.field_size_limit(1)
io.open('/etc/passwd')
io.open
abc.sys
heapq.__builtins__
getattr(5, '__class__').__base__
getattr('', '__class__').__mro__
getattr(Thing, '__subclasses__')()
getattr(Thing(), '__reduce_ex__')(2)
getattr(re, 'enum')
hasattr(re, 'enum')
setattr(re, 'x', 1)
setattr(Thing, '__eq__', 1)
setattr(int, 'x', 1)
type('X', (), {})
type('X', (object,), {'a': 1})
map(type, ['a'], [()], [{}])
list(map(type, ['a'], [()], [{}]))
object.__subclasses__()
super().x
'{0.__class__}'.format(5)
'{0.__class__.__mro__}'.format(5)
'{0[0]}'.format([1])
'{a.b}'.format(a=5)
'{a.__init__.__globals__}'.format_map({'a': Thing()})
'{:{}}'.format(5, '>100000')
str.format('{0.__class__}', 5)
list(map('{0.__class__}'.format, [5]))
list(map(str.format, ['{0.__class__}'], [5]))
'%100000d' % 5
'%*d' % (100000, 5)
f"{5:100000}"
f"{5:>{10 ** 6}}"
format(5, '100000')
'a' * 10 ** 9
[0] * 10 ** 9
10 ** 10 ** 10
10 ** 100000
2 << 10 ** 6
pow(10, 100000)
math.factorial(100000)
math.comb(100000, 50000)
math.perm(100000)
int('9' * 5000)
'a'.ljust(10 ** 7)
'a'.center(10 ** 7)
'a'.zfill(10 ** 7)
'\\t'.expandtabs(10 ** 7)
bytes(10 ** 7)
list(range(10 ** 7))
sum(range(10 ** 10))
len('a' * 300000)
'ab'.join(['c' * 1000] * 1000)
round(5, -10 ** 6)
(5).to_bytes(10 ** 6, 'big')
str(decimal.Decimal('1e999999').__int__)
int(decimal.Decimal('1e999999'))
decimal.getcontext()
decimal.getcontext().prec
functools.reduce(operator.mul, range(1, 5000))
forever()
deep(0)
doubling()
tall()
repr(tall())
tall() == tall()
copy.deepcopy(tall())
swallowing()
swallowing_all()
any_of()
with_default()
caught()
traced()
chained()
left()
Injected
Injected()
dataclasses.dataclass(Injected)()
Changed()
Shown().text(1)
Shown().shown
Unbound().text(1)
Unbound().add(1, 2)
Unbound.text
Held({'a', 'b'})
str(Held({'a', 'b'}))
'%s' % [Held({'a', 'b'})]
[Hashed() in {1}, 1]
property(lambda self: 1)
object()
functools.partial(len)
functools.lru_cache(Thing.method)
io.StringIO('a')
csv.reader([])
Thing()
[Thing()]
str(Thing())
f"{Thing()}"
'%s' % Thing()
Thing
str(Thing)
Thing.method
Thing().method
len
lambda: 1
stream()
iter([])
zip([1])
(x for x in [])
{1, 2}
{'a', 'b'}
list({'a', 'b'})
str({1, 2})
', '.join({'a', 'b'})
[x for x in {'a', 'b', 'c'}]
next(iter({'a', 'b'}))
{'b', 'a'}.pop()
sorted({'aa', 'b', 'cc'}, key=len)
max({'aa', 'bb'}, key=len)
dict.fromkeys({'a', 'b'})
[*{'a', 'b'}]
tuple({'a', 'b'})
list(map(list, [{'a', 'b'}]))
json.dumps({'a': {1, 2}}, default=list)
list(zip({'a', 'b'}, [1, 2]))
list(enumerate({1, 2}))
dict([{'a', 'b'}])
list(itertools.chain.from_iterable([{'a', 'b'}]))
list(itertools.chain({'a', 'b'}))
list(itertools.chain.from_iterable(map(set, ['abc', 'defgh'])))
list(itertools.chain.from_iterable({'x': {'a', 'b', 'c'}, 'y': {'p', 'q', 'r'}}.values()))
list(itertools.starmap(lambda a, b: a + b, (x for x in [{'a', 'b'}])))
dict(x for x in [{'a', 'b'}])
list(collections.deque(iterable={'a', 'b', 'c', 'd'}))
list(enumerate(iterable={'a', 'b', 'c', 'd'}))
statistics.mode(data={'a', 'b'})
grown()
moved()
functools.reduce(lambda a, b: a + b, {'a', 'b'})
list({'a': 1, 'b': 2}.keys() | {'c'})
(lambda a, *b: (a, b))(*{'a', 'b'})
1000 is 1000
'a' is 'a'
() is ()
Thing(1).method is Thing(1).method
Odd().x
Unhashed() == 1 and type(Unhashed())
import os
x = 1
1 +

(yield)
await x
'a'.encode('rot13')
b'a'.decode('idna')
'x'.encode('punycode')
re.compile('a', 128)
__import__
Error.__subclasses__()
Error('x').__reduce__()
Error('x').__traceback__
Error('x').__context__
ValueError.mro()
print(5, file=sys.stderr)
sorted([1], key=open)
list(map(open, ['/etc/passwd']))
max(['/etc/passwd'], key=open)
collections.namedtuple('P', 'a', module='os')
collections.namedtuple('P', 'a').__new__
collections.namedtuple('P', 'a')(1).__class__.__new__
dataclasses.dataclass(int)
dataclasses.dataclass(frozen=True)(collections.Counter)
functools.wraps(len)(collections.Counter)
functools.total_ordering(collections.Counter)
functools.lru_cache(list)(frozenset({'a', 'b'}))
enum.Enum('X', 'a b')
enum.unique(int)
typing.NamedTuple('P', [('a', int)])
abc.ABC.register(Thing)
collections.abc.Mapping.register(Thing)
""".strip("\n").splitlines()
