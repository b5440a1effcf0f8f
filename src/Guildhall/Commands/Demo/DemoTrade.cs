namespace Guildhall.Commands.Demo;

/// <summary>Invented brands, suppliers and operators: what makes two shops rivals or partners beyond their category.</summary>
static class DemoTrade
{
    public static readonly string[] OperatorNames =
    [
        "Halden Retail Group", "Two Rivers Trading", "Casa Norte Comercio", "Brightwater Brands", "Lindenau Handel", "Atlas & Vine", "Pacific Row Partners",
        "Kestrel Commerce", "Okonma Trading", "Sable House", "Meridian Makers", "Blauwe Haven Group",
    ];

    static readonly Dictionary<string, string[]> Brands = new()
    {
        ["home"] = ["Calder & Finch", "Norrvik", "Hearthline", "Casa Bruna", "Otterbourne", "Millstone"],
        ["fashion"] = ["Verano Club", "Hartmoor", "Lune & Loup", "Stridewell", "Kettering", "Alma Sur"],
        ["jewelry"] = ["Aurelle", "Northpin", "Sidereo", "Marlo Time"],
        ["beauty"] = ["Fenwillow", "Clara Botanica", "Rosmarin", "Dewpoint", "Kumari Rituals"],
        ["food"] = ["Harvest Lane", "Terra Nonna", "Blue Crate", "Old Quay", "Montesol"],
        ["crafts"] = ["Skeinworks", "Foldery", "Woolverton", "Bright Bobbin"],
        ["toys"] = ["Pocket Barn", "Tumbleby", "Kleine Bär", "Maple & Moo", "Ludovi"],
        ["sports"] = ["Cairnway", "Velobright", "Stonepath", "Asana Form", "Ridgecraft"],
        ["electronics"] = ["Auralto", "Voltik", "Keyfold", "Lumeo", "Tonwerk", "Pocketgrid"],
        ["garden"] = ["Greenhithe", "Spade & Sons", "Sementeira", "Ferncroft"],
        ["pets"] = ["Waggery", "Pawlow", "Kattunge", "Goodboy Mill"],
        ["media"] = ["Groovehouse", "Lanternfish Press", "Papaya Books", "Chordwell"],
    };

    static readonly Dictionary<string, string[]> Suppliers = new()
    {
        ["home"] = ["Porto Stoneware Works", "Moradabad Metal Co.", "Baltic Linen Mills", "Jingde Kilns", "Umbria Glass"],
        ["fashion"] = ["Tiruppur Knits", "Porto Leather Union", "Bursa Textile", "Guangmei Garments", "Łódź Fabrics"],
        ["jewelry"] = ["Jaipur Stone House", "Arezzo Findings", "Taxco Silver", "Harbor Watch Supply"],
        ["beauty"] = ["Grasse Essentials", "Marrakesh Argan Union", "Accra Shea Partners", "Seoul Lab Works"],
        ["food"] = ["Huila Growers", "Assam Estates", "Jaén Oil Mills", "Malabar Spice Traders"],
        ["crafts"] = ["Andes Fiber Pool", "Kyoto Paper Works", "Yorkshire Wool Union", "Bohemia Beads"],
        ["toys"] = ["Seiffen Woodturners", "Shantou Play Works", "Minho Toys"],
        ["sports"] = ["Taichung Cycle Parts", "Alpine Outdoor Supply", "Kerala Coir & Mat"],
        ["electronics"] = ["Shenzhen Northgate", "Hsinchu Components", "Rhein Elektro", "Penang Audio Works"],
        ["garden"] = ["Westland Growers", "Tuscan Terracotta", "Valley Seed Pool"],
        ["pets"] = ["Prairie Pet Supply", "León Leather Works", "Highland Treats"],
        ["media"] = ["Second Shelf Wholesale", "Blackwood Pressing", "Markneukirchen Strings"],
    };

    public static IReadOnlyList<string> BrandsOf(DemoCategory category) => Brands[category.Top];

    public static IReadOnlyList<string> SuppliersOf(DemoCategory category) => Suppliers[category.Top];
}
