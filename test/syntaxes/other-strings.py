# SYNTAX TEST "source.python" "Strings that are no templates of locks"

"""Cinder's documents write @coordination.synchronized('{volume.id}') like this."""
#                                                       ^^^^^^^^^^^ string.quoted.docstring.multi.python - meta.template.expression.lock-name.python

# Process and node locks do not fill in their names: '{volume.id}' is one lock for all volumes, and must not look like many.

@utils.synchronized('{volume.id}', external=True)
#                    ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
#                                  ^^^^^^^^ variable.parameter.function-call.python
#                                           ^^^^ constant.language.python
@cinder_utils.synchronized('{volume.id}')
#                           ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
@lockutils.synchronized('{volume.id}', 'cinder-', True)
#                        ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
def delete_volume(volume):
#   ^^^^^^^^^^^^^ entity.name.function.python

    # Nor does a lock taken by hand, nor a removal, which takes a pattern for file names.

    with coordination.COORDINATOR.get_lock('{volume.id}'), lockutils.lock('{volume.id}'):
#                                           ^^^^^^^^^^^                    ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
        coordination.synchronized_remove('{volume.id}')
#                                         ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

    # Logging, .format, dictionaries and f-strings.

    LOG.debug('{volume.id}', {'{volume.id}': f'{volume.id}'})
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.template.expression.lock-name.python
    text = '{volume.id}-{f_name}'.format(volume=volume, f_name='{f_name}')
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.template.expression.lock-name.python

    # Text that speaks of the decorator: in comments, strings and f-strings.

    # coordination.synchronized('{volume.id}')
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.python - meta.template.expression.lock-name.python
    text = "coordination.synchronized('{volume.id}')"
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.python - meta.template.expression.lock-name.python
#                                      ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
    text = f"@coordination.synchronized('{volume.id}')"
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.template.expression.lock-name.python meta.function.decorator.python

    # Names that only look alike.

    my_coordination.synchronized('{volume.id}')
#                                 ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
    coordination.synchronized.cache('{volume.id}')
#                                    ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
    coordination.synchronized, ('{volume.id}')
#                                ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

# An alias of the module, or a driver's wrapper around it, cannot be told from the text of one line; they stay as they are.

@cinder_coordination.synchronized('{volume.id}')
#                                  ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
@utils.lock_if(True, '{lock_name}')
#                     ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
def wrapped(lock_name):
    pass

# A bare synchronized is cinder.utils' in some drivers, where nothing is filled in. See bare-synchronized.py for the other case.

from cinder.utils import synchronized


@synchronized('{volume.id}')
#              ^^^^^^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python
def bare(volume):
    pass
