"""The workbook of the financing model: formulas that live, values that are already there, and nobody's text runs."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from smde import construire
from smde.arbre import Document
from smde.dossier import charger
from smde.edition import Edition
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.identite import FormatDocument, Livrable
from smde.model.schema import Action
from smde.outputs import xlsx
from smde.refus import Refus
from tests.conftest import VALMER, Fichiers, ecrire
from tests.rendu import RACINE, edition_de, element
from tests.tableur import Tableur
from tests.views.test_maquette import action, actions_tirees, avec, cout, part

TITRE = "Maquette financière"
LIVRABLE = element("livrable", "maquette", titre=TITRE, lecteur="Négociateurs", modele="maquette", formats=["xlsx"])
PORT = action(
    "port",
    titre="Requalifier le port",
    budget=[cout(2027, "800000"), cout(2028, "450000.50", poste="Voirie"), cout(2028, "30000", etat="illustratif")],
    plan_financement=[
        part("valmer", 2027, "500000"),
        part("region", 2027, "300000", "conventionne", cadre="cper"),
        part("region", 2028, "450000", "sollicite"),
        part("etat", 2028, "90000", "refuse"),
        part("region", 2028, "30000", "a_solliciter", illustratif="true"),
    ],
)
QUAI = action("quai", titre="Éclairer le quai", budget=[cout(2027, "12000", taxe="TTC")])


def edition() -> Edition:
    trimmed = avec(element("cadre", "cper", titre="Contrat de plan", type="contrat"), PORT, QUAI)
    return replace(trimmed, diffusion=INTERNE)


def document(**autres: Any) -> Document:
    said = {"auteur": "Valmer", "date": "2026-11-22", "version": "2026-11", "statut": "Document de travail"}
    return Document("maquette", TITRE, (), **{**said, **autres})


def octets(une_edition: Edition, dossier: Path, livrable: Any = LIVRABLE, **autres: Any) -> bytes:
    target = dossier / "maquette.xlsx"
    xlsx.write(document(**autres), target, une_edition, livrable)
    return target.read_bytes()


@pytest.fixture(scope="module")
def fait(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return octets(edition(), tmp_path_factory.mktemp("maquette"))


@pytest.fixture
def classeur(fait: bytes) -> Tableur:
    return Tableur(fait)


def approche(value: Any, recalculated: Any) -> bool:
    if isinstance(value, str):
        return bool(value == recalculated)
    return bool(abs(float(value) - float(recalculated)) <= 1e-9 * max(1.0, abs(float(value))))


def assert_live(found: Tableur) -> int:
    """Every formula comes to the value it was given; says how many there were."""
    cell = found.calcule()
    count = 0
    for feuille, place, value in found.cellules():
        assert approche(value, cell(feuille, place)), (feuille, place, value, cell(feuille, place))
        count += 1
    return count


def test_the_summary_says_what_each_action_costs_and_what_is_lacking(classeur: Tableur) -> None:
    port, fictif, quai, *totaux = classeur.lignes("Synthèse")
    assert port == {
        "Identifiant": "port", "Action": "Requalifier le port", "Taxe": "HT", "Montants": "Réels",
        "Coût 2027": 800000, "Coût 2028": 450000.5, "Coût total": 1250000.5,
        "Plan 2027": 800000, "Plan 2028": 450000, "Plan total": 1250000,
        "Écart (plan − coût)": -0.5, "Équilibre": "Équilibré", "Part de Valmer": 500000, "Soit": 0.4,
    }  # fmt: skip
    assert (fictif["Montants"], fictif["Coût total"], fictif["Plan total"]) == ("Illustratifs", 30000, 30000)
    assert (quai["Taxe"], quai["Équilibre"], quai["Écart (plan − coût)"]) == ("TTC", "Sans plan", -12000)
    assert [(t["Action"], t["Taxe"], t["Montants"], t["Coût total"]) for t in totaux] == [
        ("Total", "HT", "Réels", 1250000.5), ("Total", "TTC", "Réels", 12000), ("Total", "HT", "Illustratifs", 30000),
    ]  # fmt: skip


def test_the_plan_says_who_pays_in_which_state_and_under_which_contract(classeur: Tableur) -> None:
    rows = classeur.lignes("Plan de financement")
    shown = [(r["Identifiant du financeur"], r["État"], r["Contrat ou dispositif"], r["2027"], r["2028"]) for r in rows]
    assert shown[:5] == [
        ("valmer", "Acquis", None, 500000, None),
        ("region", "Conventionné", "Contrat de plan", 300000, None),
        ("region", "Sollicité", None, None, 450000),
        ("etat", "Refusé", None, None, 90000),
        ("region", "À solliciter", None, None, 30000),
    ]
    assert [row["Part du plan"] for row in rows[:5]] == [0.4, 0.24, 0.36, 0, 1]
    totals = {(row["Action"], row["État"], row["Taxe"], row["Montants"]): row["Total"] for row in rows[5:]}
    assert totals[("Total hors refus", None, "HT", "Réels")] == 1250000
    assert totals[("Dont parts dans cet état", "Sollicité", "HT", "Réels")] == 450000
    assert totals[("Part de Valmer", None, "HT", "Réels")] == 500000
    assert totals[("Coût", None, "HT", "Réels")] == 1250000.5
    assert totals[("Écart (plan − coût)", None, "HT", "Réels")] == -0.5
    assert ("Dont parts dans cet état", "Refusé", "HT", "Réels") not in totals


def test_each_funder_has_a_sheet_and_its_line_among_all(classeur: Tableur) -> None:
    assert classeur.feuilles == [
        "Synthèse", "Coûts", "Plan de financement", "Financeurs", "valmer", "region", "etat", "Légende et sources",
    ]  # fmt: skip
    region = classeur.lignes("region")
    assert [(row["État"], row["Total"], row["Coût de l’action"], row["Taux"]) for row in region[:3]] == [
        ("Conventionné", 300000, 1250000.5, pytest.approx(300000 / 1250000.5)),
        ("Sollicité", 450000, 1250000.5, pytest.approx(450000 / 1250000.5)),
        ("À solliciter", 30000, 30000, 1),
    ]
    of_all = {(row["Identifiant"], row["Montants"]): row for row in classeur.lignes("Financeurs")}
    assert of_all["region", "Réels"]["Total hors refus"] == 750000
    assert of_all["region", "Réels"]["Dont acquis"] == 300000
    assert of_all["etat", "Réels"]["Total hors refus"] == 0


def test_every_sum_share_and_gap_is_a_formula_that_comes_to_the_value_it_was_given(classeur: Tableur) -> None:
    assert assert_live(classeur) > 100
    typed = {(row["Poste de dépense"], row["2027"]) for row in classeur.lignes("Coûts")}
    assert ("Travaux", 800000) in typed


def test_a_cost_and_a_share_that_change_change_what_depends_on_them_and_nothing_else(classeur: Tableur) -> None:
    costs = classeur.formules["Coûts"]
    column = next(cell.column_letter for cell in costs[4] if cell.value == "2027")
    classeur.poser("Coûts", f"{column}5", 900000)
    shares = classeur.formules["Plan de financement"]
    column = next(cell.column_letter for cell in shares[4] if cell.value == "2028")
    classeur.poser("Plan de financement", f"{column}7", 650000)
    cell = classeur.calcule()
    heads = {str(found.value): found.column_letter for found in classeur.formules["Synthèse"][4]}
    assert cell("Synthèse", f"{heads['Coût total']}5") == 1350000.5
    assert cell("Synthèse", f"{heads['Plan total']}5") == 1450000
    assert cell("Synthèse", f"{heads['Écart (plan − coût)']}5") == 99999.5
    assert cell("Synthèse", f"{heads['Équilibre']}5") == "Écart"
    assert cell("Synthèse", f"{heads['Coût total']}6") == 30000, "the illustrative line"
    assert cell("region", "G6") == 650000, "the sheet of the funder follows the plan"


def test_a_line_sorted_elsewhere_still_counts_for_its_own_action(classeur: Tableur) -> None:
    before = classeur.calcule()("Synthèse", "J5")
    shares = classeur.formules["Plan de financement"]
    first, last = ([cell.value for cell in shares[row]] for row in (5, 9))
    for row, values in ((5, last), (9, first)):
        for cell, value in zip(shares[row], values, strict=True):
            if cell.column_letter not in ("K", "L"):
                cell.value = value
    assert classeur.calcule()("Synthèse", "J5") == before == 1250000


@settings(max_examples=8)
@given(actions_tirees)
def test_whatever_the_dossier_every_formula_comes_to_its_value(actions: list[Any]) -> None:
    opened = Tableur(xlsx.contenu(document(), avec(*actions), LIVRABLE))
    assert_live(opened)
    costs = {(line["Identifiant"], line["Poste de dépense"]) for line in opened.lignes("Coûts") if line["Identifiant"]}
    assert costs == {(a.id, line.poste) for a in actions for line in a.budget}
    typed = [Decimal(str(line["Total"])) for line in opened.lignes("Coûts") if line["Identifiant"]]
    assert sum(typed, Decimal(0)) == sum((line.montant for a in actions for line in a.budget), Decimal(0))


@pytest.mark.libreoffice
def test_an_office_suite_computes_the_same_values(fait: bytes, tmp_path: Path) -> None:
    """The file is read without its values, computed by LibreOffice, and read back."""
    if shutil.which("localc") is None:
        if os.environ.get("SMDE_CI"):
            pytest.fail("LibreOffice Calc est absent de l’intégration continue")
        pytest.skip("LibreOffice Calc n’est pas installé")
    empty = tmp_path / "sans-valeurs.xlsx"
    opened = Tableur(fait)
    opened.formules.save(empty)  # openpyxl writes formulas without their values
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    options = [profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(tmp_path / "calcule")]
    subprocess.run(["soffice", *options, str(empty)], check=True, capture_output=True, timeout=240)
    computed = Tableur((tmp_path / "calcule" / empty.name).read_bytes())
    compared = 0
    for feuille, place, value in opened.cellules():
        assert approche(value, computed.valeurs[feuille][place].value), (feuille, place, value)
        compared += 1
    assert compared > 100


PIEGES = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", '=HYPERLINK("https://exemple.fr")', "'=1", "{=1}")


@pytest.mark.parametrize("piege", PIEGES)
def test_what_is_typed_is_text_even_when_it_looks_like_a_formula(piege: str, tmp_path: Path) -> None:
    port = PORT.model_copy(update={"titre": piege, "budget": [PORT.budget[0].model_copy(update={"poste": piege})]})
    trimmed = replace(avec(port), diffusion=INTERNE)
    trimmed.elements["region"].__dict__["titre"] = piege
    made = octets(trimmed, tmp_path, LIVRABLE.model_copy(update={"titre": piege, "lecteur": piege, "texte": piege}))
    opened = Tableur(made)
    formulas = {opened.formules[feuille][place].value for feuille, place, _ in opened.cellules()}
    assert all(re.match(r"=(SUM|SUMIFS|SUMPRODUCT|IF|ROUND)\(", formula) for formula in formulas)
    cells = [cell for sheet in opened.formules for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert len([cell for cell in cells if str(cell.value).strip()[-3:] == piege.strip()[-3:]]) >= 5, (
        "title, items, funder, words"
    )
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t"))]
    assert bool(risky) is (piege[0] not in "'{")
    assert all(cell.quotePrefix for cell in risky), "stays text when somebody edits the cell"


def test_a_very_long_text_is_whole_in_as_many_cells_as_it_needs(tmp_path: Path) -> None:
    words = [f"mot{rank}" for rank in range(9000)]
    assert len(" ".join(words)) > 2 * 32_767
    made = octets(edition(), tmp_path, LIVRABLE.model_copy(update={"texte": " ".join(words)}))
    cells = [str(row[1].value or "") for row in Tableur(made).formules["Légende et sources"].iter_rows()]
    assert re.findall(r"mot\d+", " ".join(cells)) == words
    assert max(map(len, cells)) < 32_767


def test_a_text_of_one_endless_word_is_whole_too(tmp_path: Path) -> None:
    made = octets(edition(), tmp_path, LIVRABLE.model_copy(update={"texte": "é" * 40_000}))
    cells = [str(row[1].value or "") for row in Tableur(made).formules["Légende et sources"].iter_rows()]
    assert sum(cell.count("é") for cell in cells if set(cell) == {"é"}) == 40_000


def test_the_same_edition_gives_the_same_bytes_and_no_clock(fait: bytes, tmp_path: Path) -> None:
    assert octets(edition(), tmp_path) == fait
    with zipfile.ZipFile(io.BytesIO(fait)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"20\d\d-\d\d-\d\dT[^<]*", core) == ["2026-11-22T00:00:00Z"] * 2
    assert "<dc:creator>Valmer</dc:creator>" in core
    assert "<dc:title>Maquette financière</dc:title>" in core


def test_each_sheet_can_be_filtered_and_printed(classeur: Tableur) -> None:
    for sheet in classeur.formules:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0), "as wide as a page"
        assert sheet.print_title_rows == "$4:$4"
        footer = sheet.oddFooter
        assert "22\u00a0novembre 2026" in footer.right.text and "&P" in footer.right.text
        assert footer.center.text == "Document de travail"
        if sheet.title != "Légende et sources":
            assert sheet.freeze_panes == "C5"
            last = len([row for row in sheet.iter_rows(min_row=5, max_col=1) if row[0].value])
            assert sheet.auto_filter.ref == f"A4:{sheet[4][-1].column_letter}{4 + last}", "totals are not filtered away"


def test_amounts_are_numbers_in_the_french_way(classeur: Tableur) -> None:
    sheet = classeur.formules["Coûts"]
    heads = {str(cell.value): cell.column_letter for cell in sheet[4]}
    cell = sheet[f"{heads['2028']}6"]
    assert (cell.value, cell.data_type) == (450000.5, "n")
    assert cell.number_format.startswith("[$-40C]#,##0.00\\ [$€-40C]")
    assert sheet[f"{heads['2027']}6"].value is None, "no amount that year is no zero"
    assert "0.0\\ %" in classeur.formules["Synthèse"]["N5"].number_format


def test_a_gap_of_more_than_a_euro_is_marked_in_colour_and_in_words(classeur: Tableur) -> None:
    sheet = classeur.formules["Synthèse"]
    ((where, (rule,)),) = [(str(found.sqref), found.rules) for found in sheet.conditional_formatting]
    assert where == "K5:L11"
    assert rule.formula == ["ABS($K5)>1"]
    assert [row["Équilibre"] for row in classeur.lignes("Synthèse")][:3] == ["Équilibré", "Équilibré", "Sans plan"]


def test_illustrative_amounts_are_said_and_slanted(classeur: Tableur) -> None:
    sheet = classeur.formules["Synthèse"]
    assert "ni votés, ni demandés, ni promis" in sheet["A3"].value
    assert [sheet[f"G{row}"].font.i for row in (5, 6)] == [False, True]
    words = " ".join(str(row[1].value or "") for row in classeur.formules["Légende et sources"].iter_rows())
    assert "HT\u00a0: hors taxes" in words


@pytest.mark.parametrize("niveau", [PUBLIC, PARTENAIRES, INTERNE])
def test_an_edition_without_the_share_has_neither_its_amount_nor_its_funder(niveau: Diffusion, tmp_path: Path) -> None:
    """The Region was asked for 150 000 euros: that is nobody's business but the authority's."""
    opened = Tableur(octets(edition_de(VALMER, niveau), tmp_path))
    cells = [cell.value for sheet in opened.valeurs for row in sheet.iter_rows() for cell in row]
    assert (150000 in cells) is (niveau is INTERNE)
    assert ("Région Littoral" in opened.feuilles) is ("region" in cells)
    assert ("region" in cells) is (niveau is INTERNE)
    assert (450000.5 in cells) is True, "the secured share of the authority"
    assert_live(opened)
    said = opened.formules["Synthèse"]["A3"].value or ""
    assert ("n’est pas un déséquilibre" in said) is (niveau is not INTERNE)


def test_an_edition_without_any_amount_says_so(tmp_path: Path) -> None:
    opened = Tableur(octets(avec(action("port")), tmp_path))
    assert opened.feuilles == ["Synthèse", "Coûts", "Plan de financement", "Financeurs", "Légende et sources"]
    assert opened.formules["Synthèse"]["A3"].value == "Aucune action n’est chiffrée dans cette édition."
    assert opened.lignes("Synthèse") == []


def test_ids_that_a_spreadsheet_takes_for_one_another_are_refused(tmp_path: Path) -> None:
    twins = avec(action("A-01", budget=[cout(2027, "1")]), action("a-01", budget=[cout(2027, "2")]))
    with pytest.raises(Refus, match="« A-01 » et « a-01 » ne diffèrent que par les majuscules"):
        octets(twins, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_an_edition_becomes_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        xlsx.write(document(), tmp_path / "maquette.xlsx", charger(VALMER), LIVRABLE)  # type: ignore[arg-type]


MAQUETTE = """\
id: maquette
titre: Maquette financière
lecteur: Négociateurs
modele: maquette
formats: [xlsx]
diffusion: public
"""


@pytest.fixture
def atelier(fichiers_valmer: Fichiers, tmp_path: Path) -> construire.Atelier:
    racine = ecrire(tmp_path / "valmer", {**fichiers_valmer, "data/livrables/maquette.yml": MAQUETTE})
    return construire.atelier(charger(racine), INTERNE, "2026-11-22", lambda _: None)


def test_documents_makes_the_workbook_of_who_has_one_and_of_no_other(atelier: construire.Atelier) -> None:
    assert list(atelier.documents(formats=[FormatDocument.xlsx])) == ["maquette.xlsx"]
    assert "maquette.xlsx" in atelier.noms_des_documents()
    with pytest.raises(Refus, match="« Stratégie et schéma » n'a pas de classeur : ajoutez xlsx à ses formats"):
        atelier.documents(["livrable-strategie"], [FormatDocument.xlsx])


def test_the_model_can_be_printed_as_a_word_file_too(atelier: construire.Atelier) -> None:
    made = atelier.documents(["maquette"], [FormatDocument.docx])["maquette.docx"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Requalifier la friche" in text and "150\u202f000" in text


def test_the_model_of_brest_has_every_costed_action_and_is_balanced() -> None:
    trimmed = edition_de(RACINE, INTERNE)
    livrable = trimmed.element("maquette", Livrable)
    assert livrable.formats == [FormatDocument.xlsx]
    opened = Tableur(xlsx.contenu(document(), trimmed, livrable))
    rows = [row for row in opened.lignes("Synthèse") if row["Identifiant"]]
    assert {row["Identifiant"] for row in rows} == {a.id for a in trimmed.tous(Action) if a.budget}
    assert {row["Équilibre"] for row in rows} == {"Équilibré"}
    assert {row["Montants"] for row in rows} == {"Illustratifs"}
    assert_live(opened)
