"""Charters in git: what a workspace was at any commit, and drafts of what it may become.

The only place that runs the git program. The user's work tree, index and checked-out branch stay
as they are, except where a draft is published onto them.
"""

from charter.history.beginning import begin as begin
from charter.history.drafts import Draft as Draft
from charter.history.drafts import Drafts as Drafts
from charter.history.drafts import Outcome as Outcome
from charter.history.drafts import Published as Published
from charter.history.errors import HistoryError as HistoryError
from charter.history.folder import FolderChange as FolderChange
from charter.history.folder import folder_changes as folder_changes
from charter.history.identity import configured_author as configured_author
from charter.history.repository import Commit as Commit
from charter.history.repository import Repository as Repository
from charter.history.reviews import Remark as Remark
from charter.history.reviews import RemarkKind as RemarkKind
from charter.history.reviews import Review as Review
from charter.history.reviews import Reviews as Reviews
from charter.history.reviews import ReviewState as ReviewState
from charter.history.writing import Author as Author
from charter.history.writing import Note as Note
