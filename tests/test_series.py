"""Series come from spreadsheets: what Excel and people do to them is told with its row and column."""

import errno
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import series
from smde.dossier import charger
from smde.series import Serie
from tests.conftest import duree, ecrire, souligne, verifie_le_francais

ENTETE = "periode,valeur,note\n"


def lue(tmp_path: Path, content: str | bytes) -> Serie:
    file = tmp_path / "vacance-bureaux.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    serie = series.read(file, "data/indicateurs/vacance-bureaux.csv")
    for diagnostic in serie.diagnostics:
        verifie_le_francais(diagnostic)
    return serie


def told(serie: Serie) -> list[tuple[int, int, str, str]]:
    """Line, column, what is underlined, and the message."""
    return [(d.place.span.line, d.place.span.column, souligne(d), d.message) for d in serie.diagnostics]


def test_a_series_is_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    serie = lue(tmp_path, ENTETE + '2016,9.8,\n2018,n.d.,"enquête suspendue, non comparable"\n2017,-9,\n')
    assert not serie.diagnostics
    assert [(v.periode, v.valeur, v.note) for v in serie.valeurs] == [
        ("2016", Decimal("9.8"), None),
        ("2018", None, "enquête suspendue, non comparable"),
        ("2017", Decimal(-9), None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        ENTETE + "2019,7.6,\n",
        "\ufeff" + ENTETE + "2019,7.6,\n",
        (ENTETE + "2019,7.6,\n").replace("\n", "\r\n"),
        (ENTETE + "2019,7.6,\n").replace("\n", "\r"),
        '"periode","valeur","note"\n"2019","7.6",""\n',
        " periode , valeur , note \n 2019 , 7.6 , \n",
        ENTETE + "\n2019,7.6,\n,,\n  \n",
        ENTETE + "2019,7.6,",
    ],
)
def test_the_same_values_are_read_however_the_spreadsheet_wrote_them(tmp_path: Path, text: str) -> None:
    serie = lue(tmp_path, text)
    assert not serie.diagnostics
    assert [(v.periode, v.valeur, v.note) for v in serie.valeurs] == [("2019", Decimal("7.6"), None)]


@pytest.mark.parametrize("nothing", ["", "n.d.", "N.D.", "nd", "ND", "n/d", '""', " "])
def test_a_value_that_is_not_known_is_no_fault(tmp_path: Path, nothing: str) -> None:
    serie = lue(tmp_path, ENTETE + f"2019,{nothing},\n")
    assert not serie.diagnostics
    assert serie.valeurs[0].valeur is None


def test_a_header_without_rows_is_an_empty_series(tmp_path: Path) -> None:
    assert lue(tmp_path, ENTETE) == Serie([], [])


# ---- headers


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        ("", "Ce fichier est vide.", "La première ligne doit être exactement"),
        ("\n\n", "Ce fichier est vide.", "La première ligne doit être exactement"),
        ("\n2019,7.6,\n", "La première ligne est vide.", "La première ligne doit être exactement"),
        ("2019,7.6,\n", "il manque `periode`, `valeur`, `note`", "La première ligne doit être exactement"),
        ("periode,valeur\n2019,7.6\n", "il manque `note`", "La première ligne doit être exactement"),
        ("valeur,periode,note\n", "autres colonnes qu'attendu", "La première ligne doit être exactement"),
        ("periode,valeur,note,source\n", "autres colonnes qu'attendu", "La première ligne doit être exactement"),
        ("periode,valeur,note,note\n", "autres colonnes qu'attendu", "La première ligne doit être exactement"),
        ("Periode,Valeur,Note\n", "il manque `periode`, `valeur`, `note`", "La première ligne doit être exactement"),
        (
            "periode;valeur;note\n2019;7,6;\n",
            "des colonnes séparées par des points-virgules",
            "Les colonnes se séparent par des virgules",
        ),
        (
            "periode\tvaleur\tnote\n",
            "des colonnes séparées par des tabulations",
            "Les colonnes se séparent par des virgules",
        ),
    ],
)
def test_another_header_is_told_once_and_the_rows_are_not_guessed(
    tmp_path: Path, text: str, message: str, advice: str
) -> None:
    serie = lue(tmp_path, text)
    (diagnostic,) = serie.diagnostics
    assert message in diagnostic.message
    assert diagnostic.aide.startswith(advice)
    assert "`periode,valeur,note`" in diagnostic.aide
    assert diagnostic.place.span[:2] == (1, 1)
    assert not serie.valeurs


# ---- rows

LIGNES = {
    "environ sept": ("2019,environ sept,", 6, "environ sept", "Colonne `valeur` : « environ sept » ne convient pas."),
    "a decimal comma": ('2019,"7,6",', 6, '"7,6"', "Colonne `valeur` : « 7,6 » ne convient pas."),
    "an underscore": ("2019,1_000,", 6, "1_000", "Colonne `valeur` : « 1_000 » ne convient pas."),
    "a space": ("2019,1 000,", 6, "1 000", "Colonne `valeur` : « 1 000 » ne convient pas."),
    "a no-break space": ("2019,1\u202f000,", 6, "1\u202f000", "Colonne `valeur` : « 1 000 » ne convient pas."),
    "nan": ("2019,nan,", 6, "nan", "Colonne `valeur` : « nan » ne convient pas."),
    "infinity": ("2019,inf,", 6, "inf", "Colonne `valeur` : « inf » ne convient pas."),
    "an exponent": ("2019,1e3,", 6, "1e3", "Colonne `valeur` : « 1e3 » ne convient pas."),
    "full-width digits": ("2019,７６,", 6, "７６", "Colonne `valeur` : « ７６ » ne convient pas."),
    "a percent sign": ("2019,7.6 %,", 6, "7.6 %", "Colonne `valeur` : « 7.6 % » ne convient pas."),
    "a formula": ("2019,=A1+2,", 6, "=A1+2", "Colonne `valeur` : « =A1+2 » ne convient pas."),
    "an endless number": ("2019," + "9" * 99 + ",", 6, "9" * 99, None),
    "no period": (",7.6,", 1, ",", "Colonne `periode` : elle est vide."),
    "a French day": ("17/10/2014,7,", 1, "17/10/2014", "Colonne `periode` : « 17/10/2014 » ne convient pas."),
    "a thirteenth month": ("2014-13,7,", 1, "2014-13", "Colonne `periode` : « 2014-13 » ne convient pas."),
    "a fifth quarter": ("2014-T5,7,", 1, "2014-T5", "Colonne `periode` : « 2014-T5 » ne convient pas."),
    "a full-width year": ("２０１４,7,", 1, "２０１４", "Colonne `periode` : « ２０１４ » ne convient pas."),
    "a long note": ("2019,7," + "note " * 99, 8, "note " * 98 + "note", None),
    "a cell too many": ("2019,7,6,", 1, "2019,7,6,", "Cette ligne a 4 colonnes au lieu de 3."),
    "a cell too few": ("2019,7", 1, "2019,7", "Cette ligne a 2 colonnes au lieu de 3."),
    "semicolons": ("2019;7;estimé", 1, "2019;7;estimé", "Cette ligne a une seule colonne au lieu de 3."),
    "semicolons and decimal commas": ("2019;7,6;", 1, "2019;7,6;", "Cette ligne a 2 colonnes au lieu de 3."),
    "an unclosed quote": ('2019,7,"estimé', 1, '2019,7,"estimé', "Guillemet mal fermé dans cette ligne."),
    "words after a quote": ('2019,7,"estimé" sans', 1, '2019,7,"estimé" sans', "Guillemet mal fermé dans cette ligne."),
    "an invisible character": ("2019,7,esti\u200bmé", 12, "\ufffd", "Caractère interdit U+200B (espace sans chasse)."),
    "an escape": ("2019,7,esti\x1b[31m", 12, "\ufffd", "Caractère interdit U+001B (échappement)."),
}  # fmt: skip


@pytest.mark.parametrize("name", LIGNES)
def test_a_faulty_row_is_told_at_its_cell_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    row, column, underlined, message = LIGNES[name]
    serie = lue(tmp_path, ENTETE + f"2016,9.8,\n{row}\n2017,9.1,\n")
    ((line, found_column, found_underlined, found_message),) = told(serie)
    assert (line, found_column, found_underlined) == (3, column, underlined)
    assert message is None or found_message.replace("\u202f", " ") == message
    assert [v.periode for v in serie.valeurs] == ["2016", "2017"]


def test_every_faulty_row_is_told_in_one_reading(tmp_path: Path) -> None:
    rows = [row for row, *_ in LIGNES.values()]
    serie = lue(tmp_path, ENTETE + "\n".join(rows))
    assert [line for line, *_ in told(serie)] == list(range(2, len(rows) + 2))


def test_two_faults_of_one_row_are_both_told_at_their_cells(tmp_path: Path) -> None:
    serie = lue(tmp_path, ENTETE + '  2014-13-45  , "1,5",\n')
    assert [(column, underlined) for _, column, underlined, _ in told(serie)] == [(3, "2014-13-45"), (17, '"1,5"')]


def test_columns_are_right_after_a_quoted_cell(tmp_path: Path) -> None:
    serie = lue(tmp_path, ENTETE + '"2019","environ ""sept""","estimé, à revoir"\n')
    ((_, column, underlined, message),) = told(serie)
    assert (column, underlined) == (8, '"environ ""sept"""')
    assert '« environ "sept" »' in message


def test_a_period_given_twice_is_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    serie = lue(tmp_path, ENTETE + "2019,7.6,\n2020,7,\n2019,8,\n2019,x,\n")
    assert [(line, message) for line, _, _, message in told(serie)] == [
        (4, "La période 2019 est déjà donnée ligne 2."),
        (5, "La période 2019 est déjà donnée ligne 2."),
    ]
    assert [str(v.valeur) for v in serie.valeurs] == ["7.6", "7"]


def test_two_rows_without_period_are_two_faults_and_no_double(tmp_path: Path) -> None:
    assert [message for *_, message in told(lue(tmp_path, ENTETE + ",7,\n,8,\n"))] == [
        "Colonne `periode` : elle est vide.",
        "Colonne `periode` : elle est vide.",
    ]


# ---- files


def test_a_series_saved_by_excel_is_refused_once_and_read_all_the_same(tmp_path: Path) -> None:
    serie = lue(tmp_path, (ENTETE + "2018,9,\n2019,7.6,estimé\n2020,x,\n").encode("cp1252"))
    assert told(serie) == [
        (3, 1, "2019,7.6,estimé", "Ce fichier n'est pas enregistré en UTF-8 (octet 0xe9)."),
        (4, 6, "x", "Colonne `valeur` : « x » ne convient pas."),
    ]
    assert "Excel" in serie.diagnostics[0].aide


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", ENTETE.encode("utf-16"), b"x" * 1_000_001])
def test_a_file_that_is_no_series_is_refused_once(tmp_path: Path, content: bytes) -> None:
    (diagnostic,) = lue(tmp_path, content).diagnostics
    assert diagnostic.code == "serie-illisible"


def test_a_file_that_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    file = tmp_path / "vacance.csv"
    file.write_text(ENTETE)
    (diagnostic,) = series.read(file, "data/vacance.csv").diagnostics
    assert diagnostic.message == "Ce fichier ne peut pas être lu : accès refusé."
    verifie_le_francais(diagnostic)
    assert "il n'existe plus" in series.read(tmp_path / "partie.csv", "data/partie.csv").diagnostics[0].message


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    lue(tmp_path_factory.getbasetemp(), content)


@given(st.text(st.sampled_from('0129-TS.,;"\n\r\té \u200b\u2028x'), max_size=80))
def test_no_rows_raise_and_every_place_is_in_the_file(tmp_path_factory: pytest.TempPathFactory, rows: str) -> None:
    serie = lue(tmp_path_factory.getbasetemp(), ENTETE + rows)
    for diagnostic in serie.diagnostics:
        span = diagnostic.place.span
        assert span.end_column <= max(len(diagnostic.place.excerpt) + 1, span.column + 1)


@given(
    st.lists(
        st.tuples(
            st.integers(1000, 9999).map(str),
            st.decimals(-(10**9), 10**9, places=3) | st.none(),
            st.text("abcé, \";'", max_size=20).map(str.strip),
        ),
        unique_by=lambda row: row[0],
        max_size=12,
    )
)
def test_any_series_written_by_a_program_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal | None, str]]
) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([series.ENTETE, *((p, "" if v is None else f"{v:f}", note) for p, v, note in rows)])
    serie = lue(tmp_path_factory.getbasetemp(), out.getvalue())
    assert not serie.diagnostics
    assert [(v.periode, v.valeur, v.note or "") for v in serie.valeurs] == rows


def test_reading_a_series_takes_a_time_that_grows_as_it_does(tmp_path: Path) -> None:
    def rows(count: int) -> bytes:
        return (ENTETE + "".join(f"{1000 + n}-{1 + n % 12:02d},{n}.5,x\n" for n in range(count))).encode()

    small, large = rows(800), rows(8000)
    assert duree(lambda: lue(tmp_path, large)) < 25 * duree(lambda: lue(tmp_path, small))


# ---- in a dossier


def test_a_series_belongs_to_its_indicator(valmer: object) -> None:
    from smde.dossier import Dossier

    assert isinstance(valmer, Dossier)
    assert [v.periode for v in valmer.series["vacance-bureaux"]] == ["2016", "2017", "2018", "2019"]


def test_faults_of_a_series_are_told_in_its_own_file(racine: Path) -> None:
    ecrire(racine, {"data/indicateurs/vacance-bureaux.csv": ENTETE + "2019,environ 7,\n"})
    dossier = charger(racine)
    (diagnostic,) = dossier.diagnostics
    assert diagnostic.place.path == "data/indicateurs/vacance-bureaux.csv"
    assert "serie" in dossier.broken["vacance-bureaux"]
    assert dossier.series["vacance-bureaux"] == ()
