"""Every spelling of a name. Templates quote expressions as they are written."""
from cinder import coordination
from cinder import utils

NAME = 'constant'
FORMAT = '%s'


@coordination.synchronized('{volume.id}-{f_name}')  # SITE decorator coordination.synchronized global literals ["{volume.id}-{f_name}"]
@coordination.synchronized("{volume[id]!r:>10}")  # SITE decorator coordination.synchronized global literals ["{volume[id]!r:>10}"]
@coordination.synchronized('a-' "{b}-"  # SITE decorator coordination.synchronized global literals ["a-{b}-c"]
                           'c')
@utils.synchronized('{volume.id}')  # SITE decorator utils.synchronized process literals ["{volume.id}"]
@utils.synchronized(u'a')  # SITE decorator utils.synchronized process literals ["a"]
@utils.synchronized(r'a\d')  # SITE decorator utils.synchronized process literals ["a\\d"]
@utils.synchronized('a\'\x62\u0063\u2022')  # SITE decorator utils.synchronized process literals ["a'bc•"]
@utils.synchronized(('in parentheses'))  # SITE decorator utils.synchronized process literals ["in parentheses"]
def literals(volume, b):
    pass


def built(a, b, c, connector):
    @utils.synchronized('emc-' + connector['host'])  # SITE decorator utils.synchronized process built.sums ["emc-{connector['host']}"]
    @utils.synchronized(a + '-' + b.c + '-' + c())  # SITE decorator utils.synchronized process built.sums ["{a}-{b.c}-{c()}"]
    @utils.synchronized(a + ('-' + b))  # SITE decorator utils.synchronized process built.sums ["{a}-{b}"]
    @utils.synchronized('a-' + '%s' % b)  # SITE decorator utils.synchronized process built.sums ["a-{b}"]
    @utils.synchronized('a-' + '%(b)s' % b)  # SITE decorator utils.synchronized process built.sums ["a-{'%(b)s' % b}"]
    @utils.synchronized('a-' + f'{b}-' + str(c))  # SITE decorator utils.synchronized process built.sums ["a-{b}-{str(c)}"]
    @coordination.synchronized('{a}-' + b)  # SITE decorator coordination.synchronized global built.sums ["{a}-{b}"]
    @coordination.synchronized(  # SITE decorator coordination.synchronized global built.sums ["a-{c('x',\n                 'y')}"]
        'a-' + c('x',
                 'y'))
    def sums(): pass

    @utils.synchronized('%s-%s' % (a, b))  # SITE decorator utils.synchronized process built.percents ["{a}-{b}"]
    @utils.synchronized('a-%s' % c(b))  # SITE decorator utils.synchronized process built.percents ["a-{c(b)}"]
    @utils.synchronized('%(p)s-host-%(s)s' % {'p': a, 's': b.c})  # SITE decorator utils.synchronized process built.percents ["{a}-host-{b.c}"]
    @utils.synchronized('%(p)s-%(p)s' % {'p': a, 'unused': b})  # SITE decorator utils.synchronized process built.percents ["{a}-{a}"]
    @utils.synchronized('100%%-%d-%05.1f-%r' % (a, b, c))  # SITE decorator utils.synchronized process built.percents ["100%-{a}-{b}-{c}"]
    @utils.synchronized('%s-%s' % ('fixed', a))  # SITE decorator utils.synchronized process built.percents ["fixed-{a}"]
    @utils.synchronized('a-%s' '-%s' % (a, b))  # SITE decorator utils.synchronized process built.percents ["a-{a}-{b}"]
    @utils.synchronized(('a-' + '%s') % a)  # SITE decorator utils.synchronized process built.percents ["a-{a}"]
    @utils.synchronized('%s' % (a,))  # SITE decorator utils.synchronized process built.percents ["{a}"]
    @utils.synchronized('%s' % (a + b))  # SITE decorator utils.synchronized process built.percents ["{a + b}"]
    @utils.synchronized('{x}-%s' % a)  # SITE decorator utils.synchronized process built.percents ["{x}-{a}"]
    def percents(): pass

    @utils.synchronized(f'a-{b}-{c.d}')  # SITE decorator utils.synchronized process built.f_strings ["a-{b}-{c.d}"]
    @utils.synchronized(f'{a!r:>10}')  # SITE decorator utils.synchronized process built.f_strings ["{a!r:>10}"]
    @utils.synchronized(f"{connector['host']}")  # SITE decorator utils.synchronized process built.f_strings ["{connector['host']}"]
    @utils.synchronized('a-' f'{b}' '-c')  # SITE decorator utils.synchronized process built.f_strings ["a-{b}-c"]
    @utils.synchronized(f'{a:{b}}')  # SITE decorator utils.synchronized process built.f_strings ["{a:{b}}"]
    @utils.synchronized(f'no fields')  # SITE decorator utils.synchronized process built.f_strings ["no fields"]
    def f_strings(): pass

    @utils.synchronized(NAME)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(connector['host'])  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(a.b)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(c())  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('a' if b else c)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(a or 'b')  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%(b)s' % b)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%(b)s' % {**a, 'c': b})  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%(missing)s' % {'b': b})  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%s-%s' % a)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%s' % (a, b))  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized('%*d' % (a, b))  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(FORMAT % a)  # SITE decorator utils.synchronized process built.unknown [null]
    @utils.synchronized(b'a')  # SITE decorator utils.synchronized process built.unknown [null]
    @coordination.synchronized(NAME, 'a-{b}', *a)  # SITE decorator coordination.synchronized global built.unknown [null, "a-{b}", null]
    def unknown(b): pass


# Characters are counted in UTF-16 code units: two for each letter of the first string.
print('𝔘𝔫𝔦', 'ñ', utils.synchronized('größe-𝔘'), utils.synchronized('b'))  # SITE call utils.synchronized process - ["größe-𝔘"] SITE call utils.synchronized process - ["b"]
