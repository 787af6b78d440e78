# SYNTAX TEST "source.python" "What a field of a lock name is made of"

# A field is a template expression: braces, and between them the argument that fills it in.

@coordination.synchronized('volume-{volume_id}')
#                                  ^^^^^^^^^^^ string.quoted.single.python meta.template.expression.lock-name.python
#                                  ^ punctuation.definition.template-expression.begin.lock-name.python
#                                   ^^^^^^^^^ variable.parameter.lock-name.python
#                                            ^ punctuation.definition.template-expression.end.lock-name.python
#                           ^^^^^^^ string.quoted.single.python - meta.template.expression.lock-name.python
#                                  ^^^^^^^^^^^ - constant.character.format.placeholder.other.python

# Attributes, as many as there are.

@coordination.synchronized('{snapshot.volume.id}')
#                            ^^^^^^^^ variable.parameter.lock-name.python
#                                    ^^^^^^^^^^ meta.template.expression.lock-name.python
#                                     ^^^^^^ ^^ variable.other.property.lock-name.python
#                                    ^      ^ punctuation.separator.period.python

# The function's name comes from coordination itself, whatever the parameters are called.

@coordination.synchronized('{volume.id}-{f_name}')
#                                        ^^^^^^ variable.language.function-name.lock-name.python
#                                        ^^^^^^ - variable.parameter.lock-name.python

@coordination.synchronized('{f_name_of_mine}-{volume.f_name}')
#                            ^^^^^^^^^^^^^^ variable.parameter.lock-name.python
#                                                    ^^^^^^ variable.other.property.lock-name.python

# self and cls look as they do among the parameters.

@coordination.synchronized('{self.driver_prefix}-{cls.NAME}-{selfish}')
#                            ^^^^ variable.parameter.function.language.special.self.python
#                                                 ^^^ variable.parameter.function.language.special.cls.python
#                                                            ^^^^^^^ variable.parameter.lock-name.python
#                                 ^^^^^^^^^^^^^       ^^^^ variable.other.property.lock-name.python

# Items: the key is text without quotes; only digits are a number.

@coordination.synchronized("{connector[host]}-{luns[0]}-{luns[-1]}-{names[a b]}")
#                            ^^^^^^^^^         ^^^^      ^^^^       ^^^^^ variable.parameter.lock-name.python
#                                     ^^^^^^       ^^^       ^^^^        ^^^^^ meta.template.expression.lock-name.python meta.item-access.lock-name.python
#                                     ^            ^         ^           ^ punctuation.definition.item-access.begin.lock-name.python
#                                          ^         ^          ^            ^ punctuation.definition.item-access.end.lock-name.python
#                                      ^^^^                   ^^          ^^^ string.unquoted.key.lock-name.python
#                                                   ^ constant.numeric.dec.python

@coordination.synchronized('{self._state[system_id]}-{volumes[0].id}-{a.b[c].d[e]}')
#                                 ^^^^^^                         ^^     ^    ^ variable.other.property.lock-name.python
#                                        ^^^^^^^^^ string.unquoted.key.lock-name.python

# Conversion and format specification, which may hold fields itself.

@coordination.synchronized('{host!r}-{lun.number:03d}-{host!s:>10}-{lun:{width}.{digits}}')
#                                ^^             ^^^^       ^^^^^^ meta.template.expression.lock-name.python storage.type.format.python
#                            ^^^^     ^^^                                ^^^^^   ^^^^^^ variable.parameter.lock-name.python
#                                         ^^^^^^ variable.other.property.lock-name.python
#                                                                       ^^^^^^^ ^^^^^^^^ storage.type.format.python meta.template.expression.lock-name.python
#                                                                                      ^^ punctuation.definition.template-expression.end.lock-name.python

# Doubled braces are one brace of the name.

@coordination.synchronized('{{volume.id}}-{{{volume.id}-}}')
#                           ^^         ^^ ^^            ^^ constant.character.escape.lock-name.python
#                             ^^^^^^^^^ string.quoted.single.python - meta.template.expression.lock-name.python
#                                           ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                                            ^^^^^^ variable.parameter.lock-name.python

# Escapes and % placeholders stay Python's; what % puts in is formatted again, so the field is one still.

@coordination.synchronized('it\'s-%s-\x41-\N{EN DASH}-{volume.id}' % host)
#                             ^^     ^^^^ constant.character.escape.python
#                                 ^^ constant.character.format.placeholder.other.python
#                                         ^^^^^^^^^^^ constant.character.escape.python - meta.template.expression.lock-name.python
#                                                     ^^^^^^^^^^^ meta.template.expression.lock-name.python

# A name that is not ASCII still names a parameter.

@coordination.synchronized('{größe.länge}')
#                            ^^^^^ variable.parameter.lock-name.python
#                                  ^^^^^ variable.other.property.lock-name.python

# What fails when the function is called is no field. Python's grammar shows it as it always does:
# positional fields, spaces, quoted keys, calls, an unknown conversion, braces two levels deep.

@coordination.synchronized('{}-{0}-{0.id}')
#                           ^^ ^^^ ^^^^^^ constant.character.format.placeholder.other.python - meta.template.expression.lock-name.python

@coordination.synchronized("{snapshot['name']}", '{snapshot["name"]}')
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.template.expression.lock-name.python

@coordination.synchronized('{ volume.id }', '{volume.id()}', '{volume!x}', '{volume.}', '{volume[]}', '{n:{w:{x}}}')
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - variable.parameter.lock-name.python

# A field beside one of those is a field.

@coordination.synchronized('{ volume.id }-{volume.id}-{}')
#                                         ^^^^^^^^^^^ meta.template.expression.lock-name.python
#                           ^^^^^^^^^^^^^             ^^ - meta.template.expression.lock-name.python

# A brace that nothing closes takes nothing with it.

@coordination.synchronized('{volume.id', '{volume.id}')
#                           ^^^^^^^^^^ - meta.template.expression.lock-name.python
#                                         ^^^^^^^^^^^ meta.template.expression.lock-name.python
