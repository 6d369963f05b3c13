"""Reads the files of a run with pymatgen and ASE and prints what they found, as JSON."""
import json
import sys
import warnings

warnings.simplefilter("ignore")
import numpy as np
import ase.io
from ase.calculators.vasp import VaspChargeDensity
from pymatgen.io.vasp import Chgcar, Oszicar, Outcar, Poscar, Vasprun

outcar, vasprun, oszicar = Outcar("OUTCAR"), Vasprun("vasprun.xml"), Oszicar("OSZICAR")
images, xml_images = ase.io.read("OUTCAR", index=":"), ase.io.read("vasprun.xml", index=":")
last, xml_last, contcar = images[-1], xml_images[-1], ase.io.read("CONTCAR")
chgcar = Chgcar.from_file("CHGCAR")


def electrons(name):
    grid = Chgcar.from_file(name)
    return float(grid.data["total"].sum() / grid.ngridpts)


json.dump(
    {
        "pymatgen": {
            "outcarEnergy": outcar.final_energy,
            "outcarElectrons": outcar.nelect,
            "outcarTotalMoment": outcar.total_mag,
            "outcarMoments": [ion["tot"] for ion in outcar.magnetization],
            "outcarCharge": sum(ion["tot"] for ion in outcar.charge),
            "elapsed": outcar.run_stats["Elapsed time (sec)"],
            "vasprunEnergy": float(vasprun.final_energy),
            "vasprunForces": vasprun.ionic_steps[-1]["forces"],
            "vasprunPositions": vasprun.final_structure.cart_coords.tolist(),
            "vasprunVersion": vasprun.vasp_version,
            "converged": bool(vasprun.converged),
            "steps": len(vasprun.ionic_steps),
            "runType": vasprun.run_type,
            "hubbard": vasprun.hubbards,
            "titles": vasprun.potcar_symbols,
            "mesh": list(vasprun.kpoints.kpts[0]),
            "oszicarEnergy": float(oszicar.final_energy),
            "oszicarSteps": len(oszicar.ionic_steps),
            "contcarPositions": Poscar.from_file("CONTCAR").structure.cart_coords.tolist(),
            "chgcarElectrons": float(chgcar.data["total"].sum() / chgcar.ngridpts),
            "chgcarMoment": float(chgcar.data["diff"].sum() / chgcar.ngridpts),
            "aeccar0Electrons": electrons("AECCAR0"),
            "aeccar2Electrons": electrons("AECCAR2"),
        },
        "ase": {
            "outcarEnergy": last.get_potential_energy(),
            "outcarForces": last.get_forces(apply_constraint=False).tolist(),
            "outcarPositions": last.positions.tolist(),
            "outcarMoments": last.get_magnetic_moments().tolist(),
            "outcarTotalMoment": last.get_magnetic_moment(),
            "outcarSymbols": last.get_chemical_symbols(),
            "steps": len(images),
            "frozen": sorted(int(i) for c in last.constraints for i in np.atleast_1d(c.index if hasattr(c, "index") else c.a)),
            "vasprunEnergy": xml_last.get_potential_energy(),
            "vasprunForces": xml_last.get_forces(apply_constraint=False).tolist(),
            "vasprunSteps": len(xml_images),
            "contcarPositions": contcar.positions.tolist(),
            "chgcarElectrons": float(VaspChargeDensity("CHGCAR").chg[0].mean() * contcar.get_volume()),
        },
    },
    sys.stdout,
)
