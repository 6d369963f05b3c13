"""Slabs of pymatgen's SlabGenerator for hosts given as JSON on standard input; JSON on standard output.

In:  [{"id", "lattice": [3][3] in Å, "species": [ion], "fractional": [ion][3], "millerIndex": [3]}]
Out: [{"id", "heightAngstrom", "repeats", "slabs": [{"shift", "kept", "lattice", "species", "fractional"}], "seconds"}]
     or [{"id", "error"}]

heightAngstrom is that of one oriented unit cell, repeats how many of them a slab has. Every cut that pymatgen proposes
is listed; those that its StructureMatcher leaves over have kept = true. Defaults of get_slabs (ftol = tol = 0.1) but
for primitive = False: the slab keeps the cell whose height is known. symmetrize = False: stoichiometric slabs.
"""

import json
import sys
import time
import warnings

from pymatgen.core import Lattice, Structure
from pymatgen.core.surface import SlabGenerator

warnings.filterwarnings("ignore")
# Two repeats tell faces apart that one repeat may not; a large oriented cell is thick enough alone.
THICK_ANGSTROM = 7


def slabs_of(host):
    structure = Structure(Lattice(host["lattice"]), host["species"], host["fractional"])
    start = time.perf_counter()
    height = generator(structure, host, 1)._proj_height
    repeats = 1 if height > THICK_ANGSTROM else 2
    maker = generator(structure, host, (repeats - 0.5) * height)
    kept = maker.get_slabs()
    shifts = maker._calculate_possible_shifts(tol=0.1)
    every = [(shift, maker.get_slab(shift, tol=0.1)) for shift in shifts]
    return {
        "id": host["id"],
        "heightAngstrom": height,
        "repeats": repeats,
        "slabs": [described(slab, shift, kept) for shift, slab in every],
        "seconds": time.perf_counter() - start,
    }


def generator(structure, host, thickness):
    return SlabGenerator(structure.copy(), host["millerIndex"], thickness, 10, primitive=False)


def described(slab, shift, kept):
    return {
        "shift": shift,
        "kept": any(abs(other.shift - shift) < 1e-9 for other in kept),
        "lattice": slab.lattice.matrix.tolist(),
        "species": [site.species_string for site in slab],
        "fractional": slab.frac_coords.tolist(),
    }


def main():
    answers = []
    for host in json.load(sys.stdin):
        try:
            answers.append(slabs_of(host))
        except Exception as error:  # one host must not cost the others
            answers.append({"id": host["id"], "error": f"{type(error).__name__}: {error}"})
        print(host["id"], file=sys.stderr)
    json.dump(answers, sys.stdout)


main()
