"""Manila's names of the same things."""
from manila import coordination
from manila import utils
from manila.coordination import LOCK_COORDINATOR


@coordination.synchronized('a-{share_id}')  # SITE decorator coordination.synchronized global decorated ["a-{share_id}"]
@utils.synchronized('b', external=True)  # SITE decorator utils.synchronized node decorated ["b"]
def decorated(share_id):
    with coordination.LOCK_COORDINATOR.get_lock('c'):  # SITE with coordination.get_lock global decorated ["c"]
        with LOCK_COORDINATOR.get_lock('d'):  # SITE with coordination.get_lock global decorated ["d"]
            pass
