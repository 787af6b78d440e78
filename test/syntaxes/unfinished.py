# SYNTAX TEST "source.python" "Code that is being written: the rest of the file stays readable"

# The closing parenthesis is missing. The next definition ends the arguments, although Python's grammar alone would go on.

@coordination.synchronized('{volume.id}'
#                           ^^^^^^^^^^^ meta.template.expression.lock-name.python
def delete_volume(self, volume):
#   ^^^^^^^^^^^^^ meta.function.python entity.name.function.python
#                 ^^^^  ^^^^^^ meta.function.parameters.python
    return '{volume.id}'
#   ^^^^^^ keyword.control.flow.python
#           ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

# After a comma, in a keyword's value, in parentheses, before the first name.

@coordination.synchronized('{volume.id}',
async def extend_volume(self, volume):
#     ^^^ storage.type.function.python
#         ^^^^^^^^^^^^^ entity.name.function.python
    pass

@coordination.synchronized('{volume.id}', blocking=
class Driver(object):
#     ^^^^^^ entity.name.type.class.python

    @coordination.synchronized('a', ('{volume.id}'
    @coordination.synchronized('{snapshot.id}')
#   ^ punctuation.definition.decorator.python
#                               ^^^^^^^^^^^^^ meta.template.expression.lock-name.python
    def create_snapshot(self, snapshot, volume):
#       ^^^^^^^^^^^^^^^ entity.name.function.python
        return '{snapshot.id}'
#               ^^^^^^^^^^^^^ - meta.template.expression.lock-name.python

    @coordination.synchronized(
    def delete_snapshot(self, snapshot):
#       ^^^^^^^^^^^^^^^ entity.name.function.python
        return '{snapshot.id}'
#               ^^^^^^^^^^^^^ - meta.template.expression.lock-name.python

    # The string is not closed.

    @coordination.synchronized('{volume.id}-{f_name
#                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                           ^^^^^^^ string.quoted.single.python - meta.template.expression.lock-name.python
    def revert(self, volume):
#       ^^^^^^ entity.name.function.python
        return '{volume.id}'
#               ^^^^^^^^^^^ - meta.template.expression.lock-name.python

    # A field is not closed: the string ends where it ends.

    @coordination.synchronized('{volume.', '{volume[', '{', '{volume.id:', '}', blocking=False)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.template.expression.lock-name.python
#                                                                               ^^^^^^^^ variable.parameter.function-call.python
    def retype(self, volume):
#       ^^^^^^ entity.name.function.python
        pass

    # A parenthesis too many, or something after the last one, is as wrong as in any decorator.

    @coordination.synchronized('{volume.id}'))
#                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                            ^ invalid.illegal.decorator.python
    @coordination.synchronized('{volume.id}') + '{x}'
#                                             ^^^^^^^ invalid.illegal.decorator.python - meta.template.expression.lock-name.python
    def migrate(self, volume):
#       ^^^^^^^ entity.name.function.python
        pass

    # No parentheses yet.

    @coordination.synchronized
#                 ^^^^^^^^^^^^ entity.name.function.decorator.python
    def manage(self, volume):
#       ^^^^^^ entity.name.function.python
        return '{volume.id}'
#               ^^^^^^^^^^^ - meta.template.expression.lock-name.python

    # An unfinished call that is no decorator: Python's rule for the call itself still waits for its parenthesis, so one line is lost.

    locked = coordination.synchronized('{volume.id}'
    def unmanage(self, volume):
#       ^^^^^^^^ meta.function-call.python - entity.name.function.python
        return '{volume.id}'
#       ^^^^^^ keyword.control.flow.python
#               ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

    # Spaces that Python allows and nobody writes.

    @ coordination . synchronized ('{volume.id}')
#                                   ^^^^^^^^^^^ meta.template.expression.lock-name.python
    def spaced(self, volume):
#       ^^^^^^ entity.name.function.python
        pass
