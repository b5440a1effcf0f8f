using System.Globalization;

namespace Guildhall.Commands.Demo;

/// <summary>A city where sellers live.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Language">ISO 639-1 code of what most people there speak at home.</param>
/// <param name="EnglishShare">Share of sellers there who work in English.</param>
/// <param name="Cultures">Where owners' families come from, first the most common.</param>
sealed record DemoPlace(
    string City, string Region, string Country, string TimeZone, double Weight, string Language, double EnglishShare, string[] Cultures)
{
    public DemoMarket Market { get; } = Country switch
    {
        "US" or "CA" => DemoMarket.NorthAmerica,
        "MX" or "CO" or "BR" => DemoMarket.LatinAmerica,
        "GB" or "IE" => DemoMarket.BritishIsles,
        "DE" or "AT" or "NL" or "BE" or "PL" or "SE" or "DK" or "NO" => DemoMarket.NorthernEurope,
        "FR" or "ES" or "PT" or "IT" or "TR" => DemoMarket.SouthernEurope,
        "AU" => DemoMarket.Oceania,
        "IN" => DemoMarket.SouthAsia,
        "JP" or "KR" or "VN" or "TW" => DemoMarket.EastAsia,
        _ => DemoMarket.Africa,
    };
}

/// <summary>Real cities, so that time zones, regions and clock changes are those of the world.</summary>
static class DemoPlaces
{
    // city | region | country | zone | weight | language | English | cultures
    const string Table = """
        Portland|Oregon|US|America/Los_Angeles|6|en|1|anglo,anglo,latin,viet,nordic
        Oakland|California|US|America/Los_Angeles|5|en|1|anglo,latin,chinese,viet,indian,korean
        Los Angeles|California|US|America/Los_Angeles|7|en|1|latin,anglo,korean,chinese,arab
        Seattle|Washington|US|America/Los_Angeles|4|en|1|anglo,chinese,nordic,viet
        Denver|Colorado|US|America/Denver|3|en|1|anglo,latin
        Santa Fe|New Mexico|US|America/Denver|2|en|1|latin,anglo
        Tucson|Arizona|US|America/Phoenix|2|en|1|latin,anglo
        Austin|Texas|US|America/Chicago|5|en|1|anglo,latin,indian
        Houston|Texas|US|America/Chicago|4|en|1|latin,anglo,nigeria,viet
        Chicago|Illinois|US|America/Chicago|6|en|1|anglo,polish,latin,indian
        Minneapolis|Minnesota|US|America/Chicago|3|en|1|nordic,anglo,anglo
        Asheville|North Carolina|US|America/New_York|3|en|1|anglo
        Atlanta|Georgia|US|America/New_York|5|en|1|anglo,nigeria,ghana,korean
        Philadelphia|Pennsylvania|US|America/New_York|4|en|1|anglo,italian,latin
        Brooklyn|New York|US|America/New_York|8|en|1|anglo,italian,chinese,latin,polish,arab
        Burlington|Vermont|US|America/New_York|2|en|1|anglo,french
        Miami|Florida|US|America/New_York|4|es|0.85|latin,latin,brazil
        Toronto|Ontario|CA|America/Toronto|5|en|1|anglo,indian,chinese,italian
        Montréal|Québec|CA|America/Toronto|4|fr|0.8|french,arab,french
        Vancouver|British Columbia|CA|America/Vancouver|3|en|1|anglo,chinese,indian
        London|England|GB|Europe/London|7|en|1|anglo,indian,nigeria,polish,turkish
        Bristol|England|GB|Europe/London|3|en|1|anglo
        Leeds|England|GB|Europe/London|3|en|1|anglo,indian
        Glasgow|Scotland|GB|Europe/London|3|en|1|anglo
        Cork|Munster|IE|Europe/Dublin|2|en|1|anglo
        Berlin|Berlin|DE|Europe/Berlin|4|de|0.85|german,turkish,polish
        Köln|Nordrhein-Westfalen|DE|Europe/Berlin|3|de|0.75|german,turkish
        Wien|Wien|AT|Europe/Vienna|2|de|0.8|german
        Lyon|Auvergne-Rhône-Alpes|FR|Europe/Paris|3|fr|0.55|french,french,arab
        Nantes|Pays de la Loire|FR|Europe/Paris|2|fr|0.5|french
        Madrid|Comunidad de Madrid|ES|Europe/Madrid|3|es|0.55|latin
        València|Comunitat Valenciana|ES|Europe/Madrid|2|es|0.5|latin
        Lisboa|Lisboa|PT|Europe/Lisbon|3|pt|0.75|brazil
        Braga|Norte|PT|Europe/Lisbon|2|pt|0.6|brazil
        Milano|Lombardia|IT|Europe/Rome|3|it|0.6|italian
        Bologna|Emilia-Romagna|IT|Europe/Rome|2|it|0.5|italian
        Utrecht|Utrecht|NL|Europe/Amsterdam|2|nl|0.95|dutch
        Antwerpen|Vlaanderen|BE|Europe/Brussels|1|nl|0.9|dutch
        Kraków|Małopolskie|PL|Europe/Warsaw|3|pl|0.7|polish
        Gdańsk|Pomorskie|PL|Europe/Warsaw|2|pl|0.65|polish
        Göteborg|Västra Götaland|SE|Europe/Stockholm|2|sv|0.95|nordic
        Aarhus|Midtjylland|DK|Europe/Copenhagen|2|da|0.95|nordic
        Bergen|Vestland|NO|Europe/Oslo|2|no|0.95|nordic
        İzmir|İzmir|TR|Europe/Istanbul|3|tr|0.5|turkish
        Casablanca|Casablanca-Settat|MA|Africa/Casablanca|2|fr|0.4|arab
        Beirut|Beirut|LB|Asia/Beirut|1|ar|0.8|arab
        Lagos|Lagos|NG|Africa/Lagos|4|en|1|nigeria
        Accra|Greater Accra|GH|Africa/Accra|3|en|1|ghana
        Cape Town|Western Cape|ZA|Africa/Johannesburg|2|en|1|anglo,dutch
        Jaipur|Rajasthan|IN|Asia/Kolkata|4|hi|0.85|indian
        Bengaluru|Karnataka|IN|Asia/Kolkata|3|kn|0.95|indian
        Kyoto|Kyoto|JP|Asia/Tokyo|3|ja|0.4|japanese
        Fukuoka|Fukuoka|JP|Asia/Tokyo|1|ja|0.35|japanese
        Seoul|Seoul|KR|Asia/Seoul|3|ko|0.55|korean
        Đà Nẵng|Đà Nẵng|VN|Asia/Ho_Chi_Minh|2|vi|0.55|viet
        Taipei|Taipei|TW|Asia/Taipei|2|zh|0.65|chinese
        Oaxaca|Oaxaca|MX|America/Mexico_City|3|es|0.5|latin
        Guadalajara|Jalisco|MX|America/Mexico_City|3|es|0.5|latin
        Medellín|Antioquia|CO|America/Bogota|2|es|0.5|latin
        São Paulo|São Paulo|BR|America/Sao_Paulo|4|pt|0.5|brazil,japanese,italian
        Curitiba|Paraná|BR|America/Sao_Paulo|2|pt|0.4|brazil,german
        Melbourne|Victoria|AU|Australia/Melbourne|3|en|1|anglo,italian,viet
        Brisbane|Queensland|AU|Australia/Brisbane|2|en|1|anglo
        """;

    public static readonly DemoPlace[] All = [.. Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|'))
        .Select(column => new DemoPlace(
            column[0], column[1], column[2], column[3], double.Parse(column[4], CultureInfo.InvariantCulture),
            column[5], double.Parse(column[6], CultureInfo.InvariantCulture), column[7].Split(',')))];
}
