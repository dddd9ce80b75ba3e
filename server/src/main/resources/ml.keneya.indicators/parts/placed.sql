wanted as (
    select located.*,
        coalesce(
            case
                when cast(:level as text) is null then :subject
                when :level = 'facility' then facility
                when :level = 'finest' then code
                else larger.whole
            end, '') as place
    from located
    left join (select code as part, min(above) as whole from line where level = :level group by code) larger
        on larger.part = located.code
    where :subject = 'ML' or code = :subject
        or exists (select from line where line.code = located.code and line.above = :subject)
)
