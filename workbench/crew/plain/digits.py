FINDERS = ()
SURE = ()
