-- Denominators of rates: how many people live where, by whom it is said. Projections and press reports of the census: none has been
-- confirmed by the ministry, so none is certain. Figures of the registry (catchment populations) are taken beside these.
-- The cercles of before the reform have the projection of 2024, because their limits are not those of the census. Bamako, which the
-- reform left as it was, and the country have the census: it counted, and the projection is a third below it in Bamako.

create table keneya.population (
    division text not null,
    code text not null,
    year integer not null,
    inhabitants integer not null check (inhabitants > 0),
    source text not null,
    certain boolean not null,
    primary key (division, code, year, source)
);
comment on table keneya.population is
    'Inhabitants of administrative divisions by year and source; certain where the authority has confirmed the figure.';

insert into keneya.population (division, code, year, inhabitants, source, certain)
select '2015', code, 2024, inhabitants, 'Cadre harmonisé 2024 (projection ; prism-app, PAM)', false from (values
    ('ML0101', 808881), ('ML0102', 368283), ('ML0103', 333803), ('ML0104', 310598), ('ML0105', 681772), ('ML0106', 360842),
    ('ML0107', 278233), ('ML0201', 331973), ('ML0202', 301069), ('ML0203', 770681), ('ML0204', 158251), ('ML0205', 1508070),
    ('ML0206', 366475), ('ML0207', 381298), ('ML0301', 383674), ('ML0302', 333541), ('ML0303', 317552), ('ML0304', 335293),
    ('ML0305', 914932), ('ML0306', 722777), ('ML0307', 1158509), ('ML0401', 319765), ('ML0402', 1097243), ('ML0403', 447144),
    ('ML0404', 525853), ('ML0405', 575123), ('ML0406', 348552), ('ML0407', 372113), ('ML0501', 581482), ('ML0502', 494081),
    ('ML0503', 417350), ('ML0504', 171058), ('ML0505', 328508), ('ML0506', 388740), ('ML0507', 571523), ('ML0508', 256807),
    ('ML0601', 136973), ('ML0602', 172852), ('ML0603', 238530), ('ML0604', 175014), ('ML0605', 276538), ('ML0701', 377564),
    ('ML0702', 207989), ('ML0703', 183411), ('ML0704', 85836), ('ML0801', 52750), ('ML0802', 12645), ('ML0803', 16229),
    ('ML0804', 25149)) as given (code, inhabitants);

insert into keneya.population (division, code, year, inhabitants, source, certain)
select '2023', code, 2022, inhabitants, 'RGPH5 2022 (recensement ; presse)', false from (values
    ('01', 1840329), ('02', 2255157), ('03', 1533123), ('04', 2455263), ('05', 935579),
    ('06', 974278), ('07', 727517), ('08', 83194), ('09', 100358), ('10', 318876), ('11', 678061),
    ('12', 681671), ('13', 675965), ('14', 307777), ('15', 1570979), ('16', 1169882), ('17', 820807),
    ('18', 170189), ('19', 868916)) as given (code, inhabitants);

insert into keneya.population (division, code, year, inhabitants, source, certain) values
    ('2015', 'ML09', 2022, 4227569,
        'RGPH5 2022 (recensement ; presse ; la projection Cadre harmonisé 2024 donne 2853566)', false),
    ('2015', 'ML0901', 2022, 4227569,
        'RGPH5 2022 (recensement ; presse ; la projection Cadre harmonisé 2024 donne 2853566)', false),
    ('2015', 'ML', 2022, 22395490, 'RGPH5 2022 (recensement ; presse ; somme des régions)', false),
    ('2023', 'ML', 2022, 22395490, 'RGPH5 2022 (recensement ; presse ; somme des régions)', false),
    ('2023', '00', 2022, 4227569,
        'RGPH5 2022 (recensement ; presse ; la projection Cadre harmonisé 2024 donne 2853566)', false);
