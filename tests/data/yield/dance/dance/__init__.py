"""Software of the dance school: courses, enrolments, teachers, studios, passes and recitals."""
