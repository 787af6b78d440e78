"""A package's own file: one dot is this package itself.

Comments `# SITE form api scope function names` (the names as JSON, `-` for no function) tell what must be found on
their line, `# UNCALLED api function` a decorator that misses its parentheses.
"""
from ... import coordination
from ...utils import synchronized as guarded


@coordination.synchronized('package')  # SITE decorator coordination.synchronized global in_package ["package"]
def in_package():
    pass


@guarded('package')  # SITE decorator utils.synchronized process also_in_package ["package"]
def also_in_package():
    pass
