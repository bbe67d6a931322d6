"""An index of words in texts."""
import re
from collections import defaultdict
from typing import Iterable


class Index:
    STOP = {"the", "a", "an", "of"}

    def __init__(self) -> None:
        self._places: dict[str, set[int]] = defaultdict(set)
        self._texts: list[str] = []

    def add(self, text: str) -> int:
        number = len(self._texts)
        self._texts.append(text)
        for word in words(text):
            if word not in self.STOP:
                self._places[word].add(number)
        return number

    def find(self, query: str) -> list[str]:
        found = None
        for word in words(query):
            places = self._places.get(word, set())
            found = places if found is None else found & places
        return [self._texts[number] for number in sorted(found or ())]

    def __len__(self) -> int:
        return len(self._texts)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def highlight(text: str, wanted: Iterable[str], mark: str = "*") -> str:
    for word in wanted:
        text = re.sub(rf"\b{word}\b", f"{mark}\\g<0>{mark}", text, flags=re.I)
    return text


async def index_all(texts):
    index = Index()
    async for text in texts:
        index.add(text)
    return index
