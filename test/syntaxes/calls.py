# SYNTAX TEST "source.python" "Where lock names stand"

from cinder import coordination


class RemoteFSDriver(driver.BaseVD):

    # A decorator with one name. What is not a field keeps the scopes of Python's grammar.

    @coordination.synchronized('{self.driver_prefix}-{volume.id}')
#   ^ meta.function.decorator.python entity.name.function.decorator.python punctuation.definition.decorator.python
#    ^^^^^^^^^^^^ ^^^^^^^^^^^^ meta.function.decorator.python entity.name.function.decorator.python
#                             ^ meta.function.decorator.python punctuation.definition.arguments.begin.python
#                              ^ meta.function-call.arguments.python string.quoted.single.python punctuation.definition.string.begin.python
#                               ^^^^^^^^^^^^^^^^^^^^ ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                               ^ string.quoted.single.python punctuation.definition.string.end.python
#                                                                ^ meta.function.decorator.python punctuation.definition.arguments.end.python
    def delete_volume(self, volume):
#   ^^^ storage.type.function.python
#       ^^^^^^^^^^^^^ entity.name.function.python
        """Nothing is left open: '{volume.id}' is plain text here."""
#                                 ^^^^^^^^^^^ string.quoted.docstring.multi.python - meta.template.expression.lock-name.python

    # Several names and a keyword, whose value is no name.

    @coordination.synchronized('a-{volume.id}-{f_name}', "b-{snap[name]}", blocking=False)
#                                 ^^^^^^^^^^^ ^^^^^^^^      ^^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                      ^                 ^ punctuation.separator.arguments.python
#                                                                          ^^^^^^^^ variable.parameter.function-call.python
#                                                                                  ^ keyword.operator.assignment.python
#                                                                                   ^^^^^ constant.language.python
    def attach(self, volume, snap):
#       ^^^^^^ entity.name.function.python
        pass

    @coordination.synchronized('{volume.id}', coordinator=find('{x}', '{y}') or '{z}', blocking=True)
#                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                               ^^^    ^^^       ^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
#                                             ^^^^^^^^^^^                              ^^^^^^^^ variable.parameter.function-call.python
#                                                                                               ^^^^ constant.language.python
    def detach(self, volume):
#       ^^^^^^ entity.name.function.python
        pass

    # Over several lines, in adjacent strings, with comments between and after.

    @coordination.synchronized(
#                             ^ punctuation.definition.arguments.begin.python
        'hbsd-'  # Not a field: '{volume.id}'.
#                               ^^^^^^^^^^^^^ comment.line.number-sign.python - meta.template.expression.lock-name.python
        # Neither: '{volume.id}'
#                  ^^^^^^^^^^^^^ comment.line.number-sign.python - meta.template.expression.lock-name.python
        '{self.conf.storage_id}-'
#        ^^^^^^^^^^^^^^^^^^^^^^ meta.template.expression.lock-name.python
        '{connector[host]}')  # '{volume.id}'
#        ^^^^^^^^^^^^^^^^^ meta.template.expression.lock-name.python
#                          ^ meta.function.decorator.python punctuation.definition.arguments.end.python
#                               ^^^^^^^^^^^^^ comment.line.number-sign.python - meta.template.expression.lock-name.python
    def terminate_connection(self, volume, connector):
#       ^^^^^^^^^^^^^^^^^^^^ entity.name.function.python
        pass

    # Stacked with each other and with other decorators.

    @volume_utils.trace('{volume.id}')
#                        ^^^^^^^^^^^ - meta.template.expression.lock-name.python
    @coordination.synchronized('{snapshot.id}')
#                               ^^^^^^^^^^^^^ meta.template.expression.lock-name.python
    @coordination.synchronized('{volume.id}')
#                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
    @utils.retry(exception.VolumeBackendAPIException, '{volume.id}')
#                                                      ^^^^^^^^^^^ - meta.template.expression.lock-name.python
    def clone(self, snapshot, volume):
#       ^^^^^ entity.name.function.python

        # On a function inside a function, where most names with parameters of their own are.

        @coordination.synchronized("emc-sg-{sg_name}-{serial}",
#                                          ^^^^^^^^^ ^^^^^^^^ meta.template.expression.lock-name.python
                                   "emc-mv-{mv_name}-{serial}")
#                                          ^^^^^^^^^ ^^^^^^^^ meta.template.expression.lock-name.python
        def do_clone(sg_name, mv_name, serial):
#           ^^^^^^^^ entity.name.function.python
            pass

    # Concatenated with + and %, and in parentheses; strings deeper in an expression are not the name.

    @coordination.synchronized('{a.id}' + NAMES['{b}'] + fetch('{c}', key='{d}') + ('e-' '{e.id}'))
#                               ^^^^^^                                                    ^^^^^^ meta.template.expression.lock-name.python
#                                                ^^^            ^^^        ^^^ - meta.template.expression.lock-name.python
#                                                        ^^^^^ meta.function-call.python meta.function-call.generic.python
#                                                                                  ^ punctuation.parenthesis.begin.python
#                                                                                                ^ punctuation.parenthesis.end.python
    def concatenate(self, a, e):
#       ^^^^^^^^^^^ entity.name.function.python
        pass

    @coordination.synchronized('%(prefix)s-{volume.id}' % {'prefix': '{x}'}, *['{y}'], *names)
#                               ^^^^^^^^^^ constant.character.format.placeholder.other.python
#                                          ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                                     ^^^       ^^^ - meta.template.expression.lock-name.python
#                                                                                      ^ keyword.operator.unpacking.arguments.python
    def percent(self, volume):
#       ^^^^^^^ entity.name.function.python
        pass

    # With the whole path, and without a field.

    @cinder.coordination.synchronized('{volume.id}')
#    ^^^^^^ ^^^^^^^^^^^^ ^^^^^^^^^^^^ entity.name.function.decorator.python
#                                      ^^^^^^^^^^^ meta.template.expression.lock-name.python
    @coordination.synchronized('os-brick')
#                               ^^^^^^^^ string.quoted.single.python
    @coordination.synchronized()
#                             ^^ meta.function.decorator.python
    def plain(self, volume):
#       ^^^^^ entity.name.function.python
        pass

    # Called instead of written above a function: the later parentheses hold no names.

    def apply(self, volume):
        return coordination.synchronized('{volume.id}')(self._apply)(volume, '{x}', key='{y}')
#       ^^^^^^ keyword.control.flow.python
#                           ^^^^^^^^^^^^ meta.function-call.python meta.function-call.generic.python
#                                         ^^^^^^^^^^^ meta.function-call.arguments.python string.quoted.single.python meta.template.expression.lock-name.python
#                                                                             ^^^        ^^^ meta.function-call.arguments.python - meta.template.expression.lock-name.python
#                                                                                   ^^^ variable.parameter.function-call.python
#                                                                                            ^ punctuation.definition.arguments.end.python

    def choose(self, condition):
        return (coordination.synchronized('{volume.id}') if condition else '{x}')
#                                          ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                        ^^           ^^^^ keyword.control.flow.python
#                                                                           ^^^ - meta.template.expression.lock-name.python

    lock = decorate(coordination.synchronized('{volume.id}'), '{x}')
#                                              ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                              ^^^ - meta.template.expression.lock-name.python

    # Other kinds of string. Raw ones are regular expressions to Python's grammar and stay so: no lock of Cinder has one.

    @coordination.synchronized("""{volume.id}""", U'{volume.id}', '''a
#                                 ^^^^^^^^^^^       ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                                 ^ string.quoted.single.python storage.type.string.python
#                              ^^^ string.quoted.multi.python punctuation.definition.string.begin.python
{volume.id}''', '{snapshot.id}')
#^^^^^^ string.quoted.multi.python meta.template.expression.lock-name.python variable.parameter.lock-name.python
#                 ^^^^^^^^ string.quoted.single.python meta.template.expression.lock-name.python variable.parameter.lock-name.python
    @coordination.synchronized(r'{volume.id}', b'{volume.id}', '{volume.id}')
#                                ^^^^^^^^^^^     ^^^^^^^^^^^ - meta.template.expression.lock-name.python
#                                                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
    def strings(self, volume, snapshot):
#       ^^^^^^^ entity.name.function.python
        pass

    # An f-string is filled in where it stands, by Python, and is colored by Python's grammar alone.

    @coordination.synchronized(f'{prefix}-{{volume.id}}', '{volume.id}')
#                                ^^^^^^^^   ^^^^^^^^^ meta.fstring.python - meta.template.expression.lock-name.python
#                                         ^^ constant.character.escape.python
#                                                          ^^^^^^^^^^^ meta.template.expression.lock-name.python
    def formatted(self, volume):
        pass

    # So is a string with .format, as far as its line shows it; beyond the line it looks like a field.

    @coordination.synchronized('{x}-{}'.format(y, x=1), '{x}' '{}' . format(y, x=1), '{volume.id}')
#                               ^^^ ^^                   ^^^   ^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
#                                       ^^^^^^ meta.function-call.generic.python
#                                                                                     ^^^^^^^^^^^ meta.template.expression.lock-name.python
    @coordination.synchronized('{x}'
#                               ^^^ meta.template.expression.lock-name.python
                               '{y}'.format(x=1, y=2))
#                               ^^^ - meta.template.expression.lock-name.python
    def filled(self, volume):
#       ^^^^^^ entity.name.function.python
        pass
