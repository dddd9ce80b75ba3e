case :division
    when '2015' then coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)
    when '2023' then coalesce(lives.cercle_2023, lives.region_2023,
        (select present.code_2023 from keneya.place_now present
         where present.code_2015 = coalesce(lives.commune_2015, lives.cercle_2015, lives.region_2015)))
    else counted.facility
end
