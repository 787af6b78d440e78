# SYNTAX TEST "source.python" "A bare synchronized, above and below the import that says what it is"

# Not known yet: cinder.utils has a synchronized too, and names no fields.

@synchronized('{volume.id}')
#              ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
def unknown(volume):
    pass

# Renamed, so the bare name stays unknown. So it does when another module gives it.

from cinder.coordination import synchronized as global_lock
from cinder.utils import synchronized


@synchronized('{volume.id}')
#              ^^^^^^^^^^^ - meta.template.expression.lock-name.python
def renamed(volume):
    pass

# From here on it is coordination's. The import looks as Python's grammar shows it.

from cinder.coordination import COORDINATOR, synchronized  # noqa
#                        ^^^^^^ keyword.control.import.python
#          ^ punctuation.separator.period.python
#                               ^^^^^^^^^^^ constant.other.caps.python
#                                                          ^^^^^^ comment.line.number-sign.python


class MacroSANBaseDriver(driver.VolumeDriver):
#     ^^^^^^^^^^^^^^^^^^ entity.name.type.class.python
    """The rest of the file is Python's: '{volume.id}'."""
#                                         ^^^^^^^^^^^ string.quoted.docstring.multi.python - meta.template.expression.lock-name.python

    @synchronized('macrosan-{volume.id}',
#   ^ punctuation.definition.decorator.python
#    ^^^^^^^^^^^^ meta.function.decorator.python entity.name.function.decorator.python
#                            ^^^^^^ string.quoted.single.python meta.template.expression.lock-name.python variable.parameter.lock-name.python
                  '{f_name}', blocking=True)
#                   ^^^^^^ variable.language.function-name.lock-name.python
#                             ^^^^^^^^ variable.parameter.function-call.python
#                                          ^ meta.function.decorator.python punctuation.definition.arguments.end.python
    @coordination.synchronized('{volume.id}')
#                               ^^^^^^^^^^^ meta.template.expression.lock-name.python
    @utils.synchronized('{volume.id}')
#                        ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
    @synchronized_on_copy_group('{volume.id}')
#                                ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
    def create_volume(self, volume):
#   ^^^ storage.type.function.python
#       ^^^^^^^^^^^^^ entity.name.function.python
#                           ^^^^^^ meta.function.parameters.python variable.parameter.function.language.python
        LOG.debug('{volume.id}')
#                  ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

    # As a call it is not followed, only above a function; no lock of Cinder is written so.

    create = synchronized('{volume.id}')(create_volume)
#                          ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
