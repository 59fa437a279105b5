"""What the README shows of lists can be pasted."""

from pathlib import Path

README = Path(__file__).parents[3] / "README.md"


def test_the_sample_list_of_the_readme_is_taken_whole(city):
    text = README.read_text(encoding="utf-8")
    first = text.index("title,problem,category")
    path = city.file("usulan.csv", text[first : text.index("```", first)])

    outcome = city.peta("usulan", "load", path, "--city", "33.72", "--year", "2026", "--json")

    found = outcome.report
    assert (found["read"], found["created"], found["rejected"]) == (3, 3, 0)


def test_every_code_of_a_category_is_listed_with_its_name(installation):
    listed = installation.peta("usulan", "categories").stdout

    assert "SP01  Jalan lingkungan (m, m2)" in listed
    assert len(installation.peta("usulan", "categories", "--json").report["categories"]) == 40
