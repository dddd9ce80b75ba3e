-- Of which disease any version of the week has had a case, and in which place.
with recursive
{{line}},
{{told}},
{{placed}}
select distinct disease as group_code, place from wanted order by 1, 2
