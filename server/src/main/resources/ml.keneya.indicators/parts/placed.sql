wanted as (
    select located.*,
        coalesce(
            case
                when cast(:level as text) is null then :subject
                when :level = 'facility' then facility
                when :level = 'finest' then code
                else (select line.above from line where line.code = located.code and line.level = :level limit 1)
            end, '') as place
    from located
    where :subject = 'ML' or code = :subject
        or exists (select from line where line.code = located.code and line.above = :subject)
)
