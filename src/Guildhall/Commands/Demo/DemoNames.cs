namespace Guildhall.Commands.Demo;

/// <summary>First and last names, and words for shops, of one part of the world.</summary>
/// <param name="Language">ISO 639-1 code that many of these families speak at home.</param>
sealed record DemoCulture(string Language, string[] FirstNames, string[] LastNames, string[] ShopWords);

/// <summary>A person's name.</summary>
sealed record DemoName(string First, string Last)
{
    public override string ToString() => $"{First} {Last}";
}

/// <summary>Makes names of people and shops, each given out once. Everybody is invented; any likeness is chance.</summary>
sealed class DemoNames
{
    static readonly Dictionary<string, DemoCulture> Cultures = new()
    {
        ["anglo"] = Culture("en",
            "Abigail,Alan,Alice,Beth,Bethany,Brendan,Cameron,Caroline,Callum,Claire,Dana,Declan,Diane,Dominic,Eleanor,Fiona,Gareth,Gemma,Hannah,Harriet,Imogen,Iris,Jasmine,Joel,Kerry,Leah,Lewis,Lydia,Malcolm,Marcus,Maeve,Naomi,Owen,Paige,Rhys,Rosalind,Ruth,Shannon,Simon,Stephen,Tamara,Tessa,Tristan,Violet,Wesley",
            "Ashworth,Atwell,Barlow,Bexley,Brookfield,Calloway,Carver,Dunmore,Ellery,Fairbank,Farrow,Fields,Gadsby,Garrity,Haverford,Hollis,Ingram,Jessop,Kershaw,Langley,Marlow,Nolan,Norwood,Oakes,Pemberton,Penhallow,Quigley,Radley,Sheridan,Thackeray,Tilbury,Underhill,Wainwright,Whitaker,Winslow,Yardley,McAllister,O’Dowd",
            "Paper Fox,Little Loom,North Harbor,Fieldnote,Tin Lantern,Bramble,Wren & Co.,Low Tide,Oak Street,Copper Kettle,Second Story,Hazel Row,Blue Door,Quiet Hours,Mill Lane,Good Neighbor,Lark,Stonefruit,Kindling,Foxglove"),
        ["latin"] = Culture("es",
            "Alejandra,Álvaro,Beatriz,Camila,Carla,César,Daniela,Elena,Esteban,Fernanda,Gonzalo,Inés,Iván,Joaquín,Lucía,Mariana,Martín,Nuria,Óscar,Paloma,Rocío,Rodrigo,Teresa,Tomás,Ximena",
            "Aguirre,Arenas,Barrios,Calderón,Castañeda,Cordero,Delgado,Escobedo,Figueroa,Galindo,Herrera,Ibáñez,Lozano,Márquez,Montalvo,Núñez,Olvera,Palacios,Quintero,Rentería,Salcedo,Toledo,Urrutia,Valdés,Zúñiga",
            "Monte Alto,Luna Clara,Casa Olivo,Dos Ríos,La Brújula,Sol de Mayo,Piedra Azul,El Telar,Flor de Sal,Tierra Mansa,Mañana,Jacaranda"),
        ["brazil"] = Culture("pt",
            "Adriana,Antônio,Bruna,Caio,Catarina,Débora,Duarte,Fabiana,Gonçalo,Helena,Inês,João,Júlia,Lourenço,Luana,Mateus,Marta,Nuno,Otávio,Patrícia,Raquel,Rui,Simão,Tânia,Vítor",
            "Almeida,Antunes,Barreto,Brandão,Cardoso,Conceição,Falcão,Figueira,Gouveia,Guimarães,Leitão,Macedo,Magalhães,Moura,Nogueira,Paixão,Queirós,Rebelo,Sampaio,Simões,Teixeira,Valadão,Vasconcelos,Xavier",
            "Maré Alta,Ipê,Casa do Vento,Sabiá,Azulejo,Jabuticaba,Rio Manso,Ladeira,Saudade,Alecrim,Pinhão,Boa Mão"),
        ["french"] = Culture("fr",
            "Adèle,Antoine,Aurélie,Bastien,Camille,Chloé,Corentin,Élodie,Étienne,Florence,Gaëlle,Hugo,Inès,Julien,Léa,Mathilde,Nathalie,Océane,Quentin,Rémi,Sylvain,Thaïs,Yann,Zoé",
            "Aubry,Barbier,Beaulieu,Besnard,Chevallier,Delacourt,Desjardins,Fournier,Gagnon,Garnier,Hébert,Jacquet,Lacroix,Laurent,Lefèvre,Marchand,Noël,Perrault,Poirier,Renaud,Rousselle,Tessier,Vasseur,Villeneuve",
            "Petit Jour,Belle Saison,L’Atelier Bleu,Mirabelle,Quai Nord,Rue Verte,Bois Flotté,Coquelicot,La Mésange,Bonne Mine"),
        ["german"] = Culture("de",
            "Anja,Bastian,Birgit,Carsten,Dörte,Elke,Felix,Friederike,Gesa,Henrik,Ilse,Jörg,Jürgen,Katja,Kerstin,Lukas,Mareike,Nils,Petra,Ralf,Silke,Tobias,Ulrike,Wiebke",
            "Albrecht,Böttcher,Brandt,Dietrich,Ebner,Förster,Gruber,Hartwig,Jäger,Kessler,Köhler,Lindner,Löwe,Moosbach,Nagel,Öttinger,Pfeiffer,Reinhardt,Schäfer,Steinbach,Thiele,Voigt,Weidner,Zöllner",
            "Morgenrot,Kleine Werkstatt,Blaumeise,Nordlicht,Holzweg,Lindenhof,Sonnenschein,Fundstück,Waldstück,Gutestube"),
        ["italian"] = Culture("it",
            "Alessia,Bianca,Carlo,Chiara,Dario,Donatella,Elisa,Fabio,Federica,Giulia,Ilaria,Lorenzo,Luca,Marta,Matteo,Niccolò,Ornella,Paolo,Renata,Silvia,Stefano,Tommaso,Valeria",
            "Amato,Baldini,Bellucco,Caruso,Conti,D’Amico,Fabbri,Ferri,Galli,Greco,Lombardi,Marchetti,Mancuso,Moretti,Neri,Orsini,Pagani,Ricci,Rinaldi,Santoro,Serra,Tedesco,Vitale,Zanetti",
            "Lago,Piazzetta,Tre Colline,Terra Rossa,Bottega Mare,Ginestra,Il Cortile,Vento d’Estate,Melograno,Passeggiata"),
        ["dutch"] = Culture("nl",
            "Anouk,Bram,Daan,Eefje,Femke,Geert,Hanneke,Ilse,Jasper,Joost,Lotte,Maaike,Niels,Pim,Roos,Ruben,Saskia,Sjoerd,Thijs,Wietske",
            "Bakker,Boersma,de Graaf,de Wilde,Dekker,Hendriks,Hoekstra,Jacobs,Kuipers,Meijer,Mulder,Postma,Schouten,Smeets,van den Heuvel,van der Laan,van Rijn,Verbeek,Vermeulen,Visser",
            "Zeewind,Kleine Kade,Het Atelier,Spijker,Polder,Hollands Licht,Wilg,Grachtgoed"),
        // Polish last names in -ski take the owner's gender; these don't.
        ["polish"] = Culture("pl",
            "Agnieszka,Bartosz,Beata,Daniel,Dorota,Elżbieta,Ewa,Grzegorz,Iwona,Jakub,Joanna,Kamil,Łukasz,Magdalena,Małgorzata,Marek,Natalia,Paweł,Rafał,Sylwia,Tomasz,Wanda,Zofia",
            "Adamczyk,Bąk,Chmiel,Czarnota,Dąbrowicz,Gołąb,Jabłonka,Kaczmarek,Kowalczyk,Krawczyk,Maciejewicz,Mazurek,Nowik,Ostrowicz,Pawlak,Piątek,Rogowicz,Sikora,Szczepaniak,Wójcik,Wróbel,Zając,Zielonka",
            "Bursztyn,Mały Warsztat,Jaskółka,Leśna,Wisła,Złota Rybka,Kwiat Paproci,Błękit"),
        ["nordic"] = Culture("sv",
            "Anders,Astrid,Birgitte,Björn,Ebba,Eirik,Elin,Freja,Gunnar,Håkon,Ingrid,Jonas,Karin,Kåre,Lars,Linnéa,Maja,Mikkel,Nanna,Øyvind,Sigrid,Solveig,Søren,Tove,Åsa",
            "Aalto,Berg,Bjørnstad,Dahl,Ekström,Fjeldstad,Forsberg,Gjerde,Hagen,Holm,Højgaard,Kjær,Lindqvist,Lund,Moen,Nyström,Østergaard,Sandvik,Sjöberg,Skov,Solberg,Strand,Thorsen,Wikström,Åkerlund",
            "Nordlys,Fjell,Stilla,Havn,Björk & Bloom,Hygge House,Skärgård,Lille Ø,Vinter,Solrosen"),
        ["turkish"] = Culture("tr",
            "Ayşe,Barış,Burcu,Cem,Deniz,Derya,Elif,Emre,Ferhat,Gökçe,Gülay,Hakan,Hassan,İpek,Kerem,Leyla,Melis,Murat,Nihan,Onur,Özlem,Selin,Serkan,Tülay,Yasemin",
            "Akın,Aksoy,Arslan,Aydın,Bozkurt,Çakır,Çelik,Demir,Doğan,Erdem,Güneş,Gürsoy,Karaca,Kaya,Koç,Korkmaz,Öztürk,Polat,Sarı,Şahin,Tekin,Toprak,Uysal,Yıldız,Yücel",
            "Mavi Kapı,Anatolia Row,Çınar,Zeytin,Nar,Bosphorus Blue,Gül Bahçe,Kilim & Co."),
        ["arab"] = Culture("ar",
            "Amal,Amine,Bilal,Dalia,Fadi,Farah,Hala,Hicham,Imane,Jamal,Karim,Layla,Leila,Maha,Malik,Nabil,Nadia,Noor,Omar,Rania,Samir,Salma,Tarek,Yasmine,Zineb",
            "Abboud,Aziz,Bakri,Bennani,Chaoui,Daher,El Amrani,El Idrissi,Fakhoury,Ghanem,Haddad,Hariri,Jaber,Kassab,Khoury,Lahlou,Mansour,Nasser,Rahmani,Saab,Sabbagh,Tazi,Younes,Ziadeh",
            "Cedar Lane,Souk & Stone,Yasmin,Medina Light,Almond Court,Blue Zellige,Qamar,Argan Road"),
        ["nigeria"] = Culture("en",
            "Abiola,Adaeze,Adebayo,Amaka,Ayodele,Babatunde,Chiamaka,Chidi,Chinedu,Ebele,Emeka,Folake,Funmilayo,Ifeoma,Ikenna,Kelechi,Ngozi,Nneka,Obinna,Oluwaseun,Temitope,Tunde,Uche,Yetunde,Zainab",
            "Abiodun,Adekunle,Adeyemi,Afolabi,Anyanwu,Balogun,Chukwu,Ekwueme,Eze,Ibekwe,Ilesanmi,Madueke,Nnamdi,Nwosu,Obi,Ogunleye,Okafor,Okonkwo,Olatunji,Oyelaran,Salako,Udoh,Uzoma,Yakubu",
            "Adire House,Lagos Line,Indigo & Sun,Ankara Row,Iroko,Palm & Thread,Eko,Harmattan"),
        ["ghana"] = Culture("tw",
            "Abena,Adjoa,Afia,Akosua,Akua,Ama,Amara,Ato,Efua,Ekow,Esi,Grace,Kofi,Kojo,Kwabena,Kwaku,Kwame,Maame,Nana,Yaa,Yaw",
            "Acheampong,Addo,Agyeman,Amoako,Ansah,Antwi,Appiah,Asare,Badu,Boadu,Boakye,Darko,Donkor,Gyasi,Kuffour,Mensah,Nkansah,Ofori,Opoku,Osei,Owusu,Quaye,Sarpong,Tetteh",
            "Kente Home,Adinkra,Gold Coast Row,Shea & Sun,Volta,Akwaaba"),
        ["indian"] = Culture("hi",
            "Aarti,Aditya,Anjali,Arjun,Deepa,Devika,Farhan,Gaurav,Isha,Jaya,Kabir,Kavita,Lakshmi,Manish,Meera,Neha,Nikhil,Pooja,Priya,Rahul,Ritu,Sanjay,Shreya,Sunil,Tara,Vikram",
            "Agarwal,Bhatt,Chatterjee,Chaudhary,Desai,Deshmukh,Ghosh,Iyer,Joshi,Kulkarni,Malhotra,Menon,Mistry,Naidu,Pillai,Raman,Rao,Rathore,Sahni,Saxena,Shetty,Subramanian,Thakur,Varma",
            "Saffron Thread,Neem Tree,Pink City,Indigo Block,Marigold,Monsoon,Brass Bazaar,Kalakari,Tulsi"),
        ["japanese"] = Culture("ja",
            "Akiko,Ayumi,Chihiro,Daichi,Emi,Hana,Haruto,Hiroko,Jun,Kaori,Kenji,Kōhei,Mai,Masato,Megumi,Mio,Naoki,Reiko,Ryōta,Sakura,Shōta,Takumi,Yōko,Yuki,Yūto",
            "Andō,Aoki,Endō,Fujita,Harada,Hayashi,Ishikawa,Katō,Kimura,Kōno,Maeda,Matsuda,Mori,Nakagawa,Nishimura,Ōta,Saitō,Sakai,Sato,Shimizu,Sugiyama,Tanaka,Uchida,Yamashita,Yoshida",
            "Mochi Mart,Komorebi,Sora,Kaze,Asagao,Tsubame,Kissa,Hikari,Ameya,Yuzu & Co."),
        ["korean"] = Culture("ko",
            "Ara,Bo-ram,Da-eun,Dong-hyun,Eun-ji,Ga-young,Hae-won,Hye-jin,In-su,Ji-hoon,Ji-woo,Kyung-mi,Mi-rae,Min-jun,Na-ri,Sang-woo,Seo-yeon,So-hee,Sung-min,Tae-yang,Ye-rin,Yoon-ah",
            "Ahn,Bae,Baek,Cha,Cho,Chung,Han,Hong,Hwang,Jang,Jeon,Ko,Kwon,Lim,Min,Moon,Nam,Oh,Ryu,Seo,Shin,Son,Yang,Yoo",
            "Seoul Soft,Hanji,Dalbit,Haneul,Moon Jar,Bom,Onggi,Gaon"),
        ["viet"] = Culture("vi",
            "An,Anh,Bảo,Châu,Dung,Hà,Hạnh,Hiếu,Hoa,Huy,Khánh,Lan,Linh,Long,Mai,Minh,Nam,Ngọc,Phương,Quân,Thảo,Thu,Trang,Tuấn,Vy",
            "Bùi,Cao,Đặng,Đinh,Đỗ,Dương,Hồ,Hoàng,Huỳnh,Lâm,Lê,Lương,Mạc,Ngô,Nguyễn,Phạm,Phan,Tạ,Tô,Trần,Trịnh,Trương,Võ,Vũ",
            "Sen,Làng,Hội Row,Bamboo Gate,Áo & Thread,Mekong Made,Lotus Lane,Tre"),
        ["chinese"] = Culture("zh",
            "Ai-ling,Bo,Chun-hua,Da-wei,Fang,Hao,Hui,Jia,Jun-jie,Kai,Lan,Lei,Li-na,Mei,Ming,Ning,Pei-shan,Qiang,Rui,Shu-fen,Ting,Wei,Xiao-yu,Yi-chen,Zhen",
            "Cai,Chang,Chiu,Deng,Feng,Gao,Guo,Hsieh,Huang,Jiang,Kuo,Liao,Lin,Liu,Lo,Lu,Pan,Peng,Shen,Sung,Tang,Tsai,Wu,Xu,Zhou",
            "Jade Spoon,Red Sparrow,Lantern Row,Plum Rain,Crane & Pine,Tea Horse,Double Fish,Bamboo & Ink"),
    };

    static readonly string[] PlainWords =
    [
        "Alder", "Anchor", "Basil", "Beacon", "Birch", "Canvas", "Cinder", "Clover", "Compass", "Cove", "Dapple", "Driftwood", "Dusk", "Ember",
        "Fern", "Flint", "Gable", "Gather", "Grove", "Harbor", "Heron", "Hollow", "Honey", "Ivory", "Juniper", "Kite", "Linden", "Lumen", "Maple",
        "Marigold", "Meadow", "Mint", "Moss", "Nettle", "Olive", "Orchard", "Otter", "Pebble", "Pine", "Plume", "Quill", "Rowan", "Saffron", "Sage",
        "Slate", "Sparrow", "Starling", "Thistle", "Thyme", "Tide", "Willow", "Woodsmoke",
    ];

    readonly HashSet<string> people = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> shops = new(StringComparer.OrdinalIgnoreCase);

    public static DemoCulture CultureOf(string key) => Cultures[key];

    public DemoName Person(DemoRandom random, DemoCulture culture)
    {
        for (var attempt = 0; ; attempt++)
        {
            var name = new DemoName(random.Pick(culture.FirstNames), random.Pick(culture.LastNames));
            // Only a marketplace of many thousands runs out of pairs; then people go by an initial, too.
            if (attempt >= 60) name = name with { First = $"{name.First} {(char)('A' + random.Below(24))}." };
            if (people.Add(name.ToString())) return name;
        }
    }

    public string Shop(DemoRandom random, DemoCulture culture, DemoName owner, DemoPlace place, DemoCategory category)
    {
        while (true)
        {
            var goods = random.Pick(category.ShopWords);
            var name = random.Below(100) switch
            {
                < 24 => $"{owner.Last} {goods}",
                < 29 => $"{owner.Last} & {random.Pick(FamilyEnds)}",
                < 34 => $"{owner.First}’s {goods}",
                < 54 => random.Pick(culture.ShopWords) is var word && word.Contains('&', StringComparison.Ordinal) ? word : $"{word} {goods}",
                < 62 => random.Pick(culture.ShopWords),
                < 80 => $"{random.Pick(PlainWords)} {goods}",
                < 92 => TwoWords(random),
                < 96 => $"{place.City} {goods}",
                _ => $"{random.Pick(PlainWords)} & {owner.Last}",
            };
            name = char.ToUpperInvariant(name[0]) + name[1..];
            if (shops.Add(name)) return name;
        }
    }

    static readonly string[] FamilyEnds = ["Daughters", "Sons", "Co.", "Sisters", "Daughter", "Friends"];

    static string TwoWords(DemoRandom random)
    {
        var first = random.Pick(PlainWords);
        var second = random.Pick(PlainWords);
        return first == second ? $"{first} House" : $"{first} & {second}";
    }

    static DemoCulture Culture(string language, string first, string last, string shops) =>
        new(language, first.Split(','), last.Split(','), shops.Split(','));
}
