"""A peer of `bench matching` for square instances: SciPy's sparse bipartite matching (Jonker and Volgenant's LAPJVsp).

Usage: scipy_matching.py FILE REPEATS. Prints, for each repeat, the seconds and the total in millionths; then "peak" and kB.
It finds the best among full matchings, which is the optimum only where everybody is matched.
"""
import resource
import sys
import time

import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

words = numpy.fromfile(sys.argv[1], dtype=numpy.int32)
mentees, mentors, pairs = (int(n) for n in words[:3])
starts, columns, scores, _ = numpy.split(words[3:], numpy.cumsum([mentees + 1, pairs, pairs]))
matrix = csr_matrix((scores.astype(numpy.float64), columns, starts), shape=(mentees, mentors))
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    rows, chosen = min_weight_full_bipartite_matching(matrix, maximize=True)
    print(f"{time.perf_counter() - begin:.6f} {int(matrix[rows, chosen].sum())}")
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
