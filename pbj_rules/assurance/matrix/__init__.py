"""The traceability matrix: each row with all that hangs on it, and everything that hangs on nothing."""

from pbj_rules.assurance.matrix.building import build_matrix
from pbj_rules.assurance.matrix.model import Matrix, MatrixRow, Orphan
from pbj_rules.assurance.matrix.page import matrix_page
from pbj_rules.assurance.matrix.sources import Accepted, Sources, Template

__all__ = ["Accepted", "Matrix", "MatrixRow", "Orphan", "Sources", "Template", "build_matrix", "matrix_page"]
