"""What to say, in French, of what stopped the program: the one place where exceptions become sentences."""

import os
import re
import traceback

from smde.outputs.outil import OutilEnEchec
from smde.outputs.repertoire import CaracteresAbsents
from smde.pages import TemplateFault
from smde.refus import Refus

SYSTEME = {
    1: "accès refusé",
    2: "introuvable",
    13: "accès refusé",
    16: "ce dossier est utilisé par un autre programme, ou c'est un disque à lui seul",
    17: "ce nom est déjà pris",
    20: "un fichier se trouve là où un dossier est attendu",
    27: "ce fichier est trop gros pour ce disque",
    28: "le disque est plein",
    30: "ce disque est en lecture seule",
    36: "ce nom est trop long",
    39: "ce dossier a été modifié pendant l'opération",
    122: "l'espace qui vous est accordé sur ce disque est plein",
}


def en_mots(error: Exception) -> str:
    """The sentences for a failure; those of a bug ask for a report, with its details when SMDE_DEBUG is set."""
    if isinstance(error, Refus | TemplateFault | OutilEnEchec | CaracteresAbsents):
        return str(error)
    if isinstance(error, FileNotFoundError) and error.filename == "git":
        return (
            "git n'est pas installé sur cette machine, ou le terminal ne le trouve pas : installez-le, puis relancez."
        )
    if isinstance(error, OSError):
        within = re.search(r"\[Errno (\d+)\]", str(error))  # a copy of many files tells its failures in words only
        number = error.errno or (int(within[1]) if within else 0)
        file = error.filename2 or error.filename  # of a copy, what could not be written
        where = f" (« {file} »)" if file else ""
        return f"Le système refuse : {SYSTEME.get(number, f'erreur {number}')}{where}."
    words = (
        f"Défaut du programme ({type(error).__name__}) : relancez la même commande avec SMDE_DEBUG=1 et transmettez "
    )
    words += "ce qui s'affiche aux responsables du projet."
    if os.environ.get("SMDE_DEBUG", "0") not in ("", "0"):
        words = "".join(traceback.format_exception(error)) + words
    return words
