-- The cases of the period. The second condition says no more than the first, but in words that the index of the view knows: what
-- the senders say of most cases decides it, and only those of which nobody says a day are looked at one by one.
case_on between :start and :end and (stated_on between :start and :end or stated_on is null)
