"""A dossier with templates of its own: what it does not write it borrows, what it writes wrong is told in French."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from smde import construire, pages
from smde.arbre import Document, para, titre
from smde.model.champ import PUBLIC
from smde.model.identite import Livrable
from smde.outputs.scene import SiteIdentity
from smde.outputs.site import write
from smde.pages import Contexte
from smde.refus import Refus
from tests.conftest import VALMER, ecrire
from tests.rendu import DATE, MACROS, RACINE, edition_de, gabarits, site_de

IDENTITE = SiteIdentity(nom="Valmer", strategie="Stratégie", date=DATE, menu=(("Accueil", "index"),))
ACCUEIL = Document("index", "Accueil", (titre(1, "Accueil"), para("Bienvenue.")), genre="accueil")


def batir(dossier: Path, appel: str, init: str | None) -> tuple[list[str], Path]:
    """A site whose only hand-written page calls a macro, with the `__init__.py` of the dossier, if it has one."""
    ecrire(dossier, {"docs/essai.md": f"---\nrender_macros: true\n---\n\n# Essai\n\nAu {{{{ {appel} }}}}.\n"})
    macros = ecrire(dossier / "macros", {"pages/index.md.j2": "# Accueil\n"})
    if init is not None:
        ecrire(macros, {"__init__.py": init})
    faults = write(
        [ACCUEIL],
        IDENTITE,
        ids={},
        target=dossier / "site",
        docs=dossier / "docs",
        macros=macros,
        contexte=Contexte(edition_de(), site_de().adresses),
    )
    return faults, dossier / "site"


def test_a_dossier_with_templates_of_its_own_still_has_the_words_of_its_pages(tmp_path: Path) -> None:
    faults, site = batir(tmp_path, "version()", None)
    assert faults == []
    assert "22\u00a0novembre 2026" in (site / "essai.html").read_text(encoding="utf-8")


def test_a_dossier_may_give_its_pages_words_of_its_own(tmp_path: Path) -> None:
    faults, site = batir(tmp_path, "port()", "def define_env(env):\n    env.macro(lambda: 'Port-Valmer', 'port')\n")
    assert faults == []
    assert "Au Port-Valmer." in (site / "essai.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("appel", "init", "message"),
    [
        ("compter()", None, "docs/essai.md : « compter » n’existe pas parmi les macros."),
        ("x()", "ici = 1\n", "macros/__init__.py : la fonction « define_env(env) » n’y est pas."),
        (
            "x()",
            "def define_env(env):\n    x = =\n",
            "macros/__init__.py:2 : les macros ne se chargent pas (SyntaxError : invalid syntax).",
        ),
        (
            "x()",
            "\nraise OSError('annuaire absent')\n",
            "macros/__init__.py:2 : les macros ne se chargent pas (OSError : annuaire absent).",
        ),
        (
            "x()",
            "def define_env(env):\n\n    return 1 / 0\n",
            "macros/__init__.py:3 : les macros ne se chargent pas (ZeroDivisionError : division by zero).",
        ),
    ],
)
def test_a_macro_that_is_wrong_is_one_sentence(appel: str, init: str | None, message: str, tmp_path: Path) -> None:
    faults, site = batir(tmp_path, appel, init)
    assert faults == [message]
    assert not site.exists()


@pytest.mark.parametrize(
    ("modele", "aide"),
    [
        ("strategie-et-shema", "Vouliez-vous dire `strategie-et-schema` ?"),
        ("bilan", "Modèles possibles : "),
    ],
)
def test_a_document_that_asks_for_a_template_nobody_wrote_is_told_which_exist(modele: str, aide: str) -> None:
    here = edition_de()
    (livrable,) = here.tous(Livrable)
    with pytest.raises(pages.TemplateFault) as told:
        pages.livrable(gabarits(here), livrable.model_copy(update={"modele": modele}))
    said = str(told.value)
    assert said.startswith(f"Le document « {livrable.titre} » demande le modèle « {modele} », que macros/documents/")
    assert aide in said and "strategie-et-schema" in said


@pytest.mark.parametrize(
    ("laisse", "manque"),
    [((), "les gabarits (macros/)"), (("macros",), "les réglages du site (mkdocs.yml)")],
)
def test_an_installation_without_templates_says_what_to_do(
    laisse: tuple[str, ...], manque: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(VALMER, tmp_path / "valmer")
    for name in laisse:
        shutil.copytree(MACROS, tmp_path / "valmer" / name)
    monkeypatch.setattr(construire, "LIVREES", tmp_path / "site-packages")
    dossier, _ = construire.verifier(tmp_path / "valmer")
    making = construire.atelier(dossier, PUBLIC, DATE, lambda _: None)
    assert making.donnees(), "data need no template"
    with pytest.raises(Refus, match=r"pip install -e") as told:
        making.site(tmp_path / "site", {}) if laisse else making.documents()
    assert str(told.value).startswith(f"Il manque {manque} : ")


@pytest.mark.lent
def test_the_wheel_verifies_a_dossier_and_says_what_it_cannot_make(tmp_path: Path) -> None:
    """Installed away from its repository, the program has neither macros/ nor mkdocs.yml."""
    source = tmp_path / "source"
    for name in ("smde", "pyproject.toml", "README.md", "LICENSE", "LICENCE-CONTENU.md"):
        if (RACINE / name).is_dir():
            shutil.copytree(RACINE / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(RACINE / name, source / name)
    order = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("smde-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "installe")
    assert {"smde/cli.py", "smde/outputs/gabarit.typ", "smde/outputs/theme/main.html"} <= set(names)
    assert not any("__pycache__" in name or name.startswith(("tests", "macros")) for name in names)

    def smde(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = (
            "import sys; sys.path.insert(0, sys.argv.pop(1)); from smde.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        options = [*arguments, "--racine", str(VALMER)]
        return subprocess.run(
            [sys.executable, "-P", "-c", code, str(tmp_path / "installe"), *options],
            capture_output=True, text=True, cwd=tmp_path, timeout=120,
        )  # fmt: skip

    assert smde("verifier").returncode == 0
    refused = smde("documents", "--sortie", str(tmp_path / "sortie"), "--date", DATE)
    assert refused.returncode == 1
    assert "Il manque les gabarits (macros/)" in refused.stderr and "Traceback" not in refused.stderr
