"""Programs of the public pool at Seestrasse: admission, lanes, courses, lockers, the water and the notice board."""
