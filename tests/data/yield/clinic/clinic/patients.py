"""The clinic's patients: names, birthdays, telephone numbers."""

import re
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Patient:
    """Somebody who comes to us."""

    number: int
    first: str
    last: str
    born: date | None = None
    phone: str = ""
    allergies: list[str] = field(default_factory=list)

    @property
    def name(self):
        """The name as it stands in lists."""
        return f"{self.last}, {self.first}"

    def age(self, today):
        """Return the age in whole years."""
        years = today.year - self.born.year
        if (today.month, today.day) < (self.born.month, self.born.day):
            years -= 1
        return years

    def add_allergy(self, allergy):
        """Note an allergy."""
        self.allergies.append(allergy)

    def warning(self):
        """Return what the first page of the file warns of, or an empty text."""
        if not self.allergies:
            return ""
        return "ALLERGIES: " + ", ".join(sorted(self.allergies))


def normal_phone(text, country="44"):
    """Return a telephone number as digits with the country's code, such as +442079460000."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("0"):
        digits = country + digits[1:]
    return f"+{digits}"


class Registry:
    """All patients, by their number."""

    def __init__(self):
        self._patients = {}
        self._last_number = 0

    def __len__(self):
        return len(self._patients)

    def add(self, first, last, born=None, phone=""):
        """Take in a patient, who gets the next number."""
        self._last_number += 1
        patient = Patient(self._last_number, first.strip(), last.strip(), born)
        if phone:
            patient.phone = normal_phone(phone)
        self._patients[patient.number] = patient
        return patient

    def get(self, number):
        """Return the patient of a number, or None."""
        return self._patients.get(number)

    def remove(self, number):
        """Forget a patient; a KeyError if there is none of that number."""
        del self._patients[number]

    def search(self, text):
        """Return the patients whose name has a text in it, in alphabetical order."""
        wanted = text.strip().lower()
        found = [patient for patient in self._patients.values() if wanted in patient.name.lower()]
        return sorted(found, key=lambda patient: patient.name.lower())

    def by_phone(self, phone):
        """Return the patients of a telephone number, however it is written."""
        wanted = normal_phone(phone)
        return [patient for patient in self._patients.values() if patient.phone == wanted]

    def birthdays(self, day):
        """Return the patients whose birthday it is on a day."""
        return [
            patient
            for patient in self._patients.values()
            if patient.born and (patient.born.month, patient.born.day) == (day.month, day.day)
        ]

    def duplicates(self):
        """Return pairs of numbers of patients with the same name and birthday."""
        seen = {}
        pairs = []
        for patient in self._patients.values():
            key = (patient.name.lower(), patient.born)
            if key in seen:
                pairs.append((seen[key], patient.number))
            else:
                seen[key] = patient.number
        return pairs
