"""All tracked changes of Word files accepted, or refused, by LibreOffice itself, in one start. No test here."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

COMMANDES = {"accepter": ".uno:AcceptAllTrackedChanges", "refuser": ".uno:RejectAllTrackedChanges", "": ""}
SECONDES = 400

_MACRO = """
Sub Resoudre(source, commande, cible)
  Dim cachee(0) As New com.sun.star.beans.PropertyValue
  cachee(0).Name = "Hidden"
  cachee(0).Value = True
  texte = StarDesktop.loadComponentFromURL(source, "_blank", 0, cachee())
  If commande <> "" Then
    Dim rien()
    facteur = createUnoService("com.sun.star.frame.DispatchHelper")
    facteur.executeDispatch(texte.CurrentController.Frame, commande, "", 0, rien())
  End If
  Dim filtre(0) As New com.sun.star.beans.PropertyValue
  filtre(0).Name = "FilterName"
  filtre(0).Value = "MS Word 2007 XML"
  texte.storeToURL(cible, filtre())
  texte.close(True)
End Sub

Sub Tout
  For Each ordre In Split(Environ("SMDE_ORDRES"), "|")
    mots = Split(ordre, "*")
    Resoudre(mots(0), mots(1), mots(2))
  Next
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{}</script:module>
"""
_LISTE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


class Ordre(NamedTuple):
    """A Word file, what to do with its revisions (« accepter », « refuser », nothing), the Word file to save."""

    source: Path
    mode: str
    cible: Path


def resout(commande: Path, ordres: Iterable[Ordre], dossier: Path) -> None:
    """Have LibreOffice open, resolve and save each file; it has a profile of its own in this folder."""
    profil = [str(commande), f"-env:UserInstallation={(dossier / 'profil').as_uri()}", "--headless", "--norestore"]
    # The first start lays the profile, over any macro that would be there.
    subprocess.run([*profil, "--terminate_after_init"], check=True, capture_output=True, timeout=SECONDES)
    standard = dossier / "profil" / "user" / "basic" / "Standard"
    (standard / "script.xlb").write_text(_LISTE, encoding="utf-8")
    (standard / "Module1.xba").write_text(_MODULE.format(escape(_MACRO)), encoding="utf-8")
    wanted = [(ordre.source.as_uri(), COMMANDES[ordre.mode], ordre.cible.as_uri()) for ordre in ordres]
    orders = {"SMDE_ORDRES": "|".join("*".join(each) for each in wanted)}
    command = [*profil, "macro:///Standard.Module1.Tout"]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDES, env={**os.environ, **orders})
