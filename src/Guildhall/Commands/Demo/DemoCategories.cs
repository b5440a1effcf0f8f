using System.Globalization;

namespace Guildhall.Commands.Demo;

/// <summary>A leaf of the demo's category tree and what is usual in it.</summary>
/// <param name="Path">Three levels, as "home/kitchen/tableware".</param>
/// <param name="Popularity">Relative number of sellers within the middle branch; see <see cref="DemoCategories.Weight"/>.</param>
/// <param name="MedianPrice">In dollars; prices of sellers and listings spread log-normally around it.</param>
/// <param name="ReturnShare">Share of orders that come back.</param>
/// <param name="IsMadeToOrder">Whether most sellers here make what they sell.</param>
/// <param name="ShopWords">Last words of shop names, most of them plural or collective nouns.</param>
sealed record DemoCategory(
    string Path, double Popularity, double MedianPrice, double ReturnShare, DemoSeason Season, bool SellsAtWeekends, bool IsMadeToOrder, string[] ShopWords)
{
    public string Top { get; } = Path[..Path.IndexOf('/', StringComparison.Ordinal)];
    public string Middle { get; } = Path[..Path.LastIndexOf('/')];
    public string Leaf { get; } = Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>The invented tree of Harrow Lane: 12 tops and 81 leaves, with price levels and return rates of the usual order for such goods.</summary>
static class DemoCategories
{
    // path | popularity | median price | returns % | season | week (e = weekend, d = weekdays) | stock (m = made to order, s = stocked) | words
    const string Table = """
        home/kitchen/tableware|30|34|3|Gifts|e|m|Ceramics,Pottery,Tableware,Stoneware
        home/kitchen/cookware|14|58|5|Home|e|s|Cookware,Kitchen,Copper,Pans
        home/kitchen/kitchen-linen|9|22|3|Home|e|m|Linen,Table Linen,Weaving
        home/kitchen/coffee-and-tea-ware|10|29|4|Gifts|e|s|Teaware,Coffee Tools,Kettles
        home/living/candles|24|19|2|Gifts|e|m|Candles,Wax,Candle Co.
        home/living/wall-art|22|39|4|Home|e|m|Prints,Art House,Frames
        home/living/vases-and-planters|11|36|5|Spring|e|m|Vessels,Planters,Clay
        home/living/rugs-and-throws|12|88|8|Winter|e|s|Rugs,Throws,Looms
        home/living/small-furniture|9|165|9|Home|d|m|Woodworks,Furniture,Joinery
        home/living/lighting|11|74|7|Winter|d|s|Lamps,Lighting,Lights
        home/living/storage|8|42|6|Home|d|s|Storage,Baskets,Shelves
        home/living/bedding|10|82|9|Home|d|s|Bedding,Linens,Sleep
        home/living/towels|6|31|4|Home|d|s|Towels,Bath,Cotton
        fashion/clothing/dresses|14|64|18|Fashion|e|s|Dresses,Atelier,Studio
        fashion/clothing/tops|11|38|15|Fashion|e|s|Apparel,Wear,Clothing
        fashion/clothing/knitwear|13|72|12|Winter|e|m|Knit,Knitwear,Wool
        fashion/clothing/shirts|11|46|14|Fashion|d|s|Shirts,Shirtmakers,Tailoring
        fashion/clothing/trousers|8|59|17|Fashion|d|s|Denim,Trousers,Outfitters
        fashion/shoes-and-bags/sneakers|9|84|19|Fashion|e|s|Sneakers,Footwear,Kicks
        fashion/shoes-and-bags/leather-shoes|7|128|16|Fashion|e|m|Shoemakers,Shoes,Boots
        fashion/shoes-and-bags/handbags|12|96|10|Gifts|e|m|Bags,Leather,Hide
        fashion/shoes-and-bags/backpacks|8|68|9|School|d|s|Packs,Carry,Backpacks
        fashion/clothing/scarves|10|33|6|Winter|e|m|Scarves,Silk,Thread
        fashion/shoes-and-bags/belts-and-wallets|9|44|6|Gifts|e|m|Leather,Belts,Saddlery
        jewelry/handmade/rings|12|185|8|Love|e|m|Rings,Goldsmiths,Jewelers
        jewelry/handmade/necklaces|11|124|7|Love|e|m|Jewelry,Gold,Pendants
        jewelry/handmade/earrings|16|26|5|Love|e|m|Earrings,Beads,Adornments
        jewelry/handmade/bracelets|9|24|5|Love|e|m|Bracelets,Charms,Silver
        jewelry/watches/watches|6|142|9|Love|d|s|Watches,Timepieces,Horology
        jewelry/watches/watch-straps|4|31|6|Love|d|m|Straps,Watch Straps
        beauty/care/face-care|15|32|3|Steady|d|s|Skin,Botanicals,Apothecary
        beauty/care/soaps|16|14|1|Gifts|e|m|Soap,Soapworks,Savon
        beauty/care/hair-care|9|24|3|Steady|d|s|Hair,Hair Care,Oils
        beauty/care/perfumes|8|78|4|Love|e|s|Perfumes,Scents,Parfum
        beauty/care/makeup|9|27|5|Steady|e|s|Beauty,Cosmetics,Color
        food/pantry/spices|12|13|1|Steady|d|s|Spices,Spice House,Pantry
        food/pantry/sauces|8|15|1|Summer|d|m|Sauces,Pickles,Preserves
        food/pantry/olive-oil|6|28|1|Gifts|d|s|Olive Oil,Groves,Mill
        food/drinks/coffee|13|21|1|Steady|d|s|Coffee,Roasters,Coffee Roasters
        food/drinks/tea|9|18|1|Winter|d|s|Tea,Tea House,Leaf
        food/pantry/chocolate|9|26|1|Love|d|m|Chocolate,Cacao,Confections
        food/pantry/biscuits|6|19|1|Gifts|d|m|Bakery,Biscuits,Oven
        crafts/supplies/yarn|10|22|2|Winter|e|s|Yarn,Fibers,Skeins
        crafts/supplies/fabric|8|19|3|Steady|e|s|Fabrics,Cloth,Textiles
        crafts/supplies/beads|6|9|2|Steady|e|s|Beads,Findings,Bead Shop
        crafts/supplies/leather-tools|3|34|4|Steady|e|s|Leathercraft,Tools
        crafts/paper/stationery|13|17|2|School|d|s|Stationery,Paper,Paper Goods
        crafts/paper/greeting-cards|9|7|1|Gifts|d|m|Cards,Letterpress,Press
        crafts/paper/prints-and-patterns|7|12|1|Steady|e|m|Patterns,Press,Prints
        toys/baby/baby-clothes|12|29|9|Steady|d|s|Baby,Little Clothes,Layette
        toys/baby/nursery|7|56|7|Steady|d|s|Nursery,Cradle,Crib
        toys/play/wooden-toys|11|33|3|Toys|e|m|Toys,Wooden Toys,Toymakers
        toys/play/puzzles-and-games|9|27|3|Toys|e|s|Games,Puzzles,Play
        toys/play/plush|7|24|3|Toys|e|m|Plush,Bears,Softies
        sports/outdoors/bike-parts|8|47|7|Summer|e|s|Cycles,Bike Parts,Bikes
        sports/outdoors/bike-bags|4|69|6|Summer|e|m|Bikepacking,Saddlebags
        sports/outdoors/camping|9|62|8|Summer|d|s|Camp,Camp Supply,Outdoors
        sports/outdoors/hiking|8|54|10|Summer|d|s|Trail,Trail Gear,Hiking
        sports/fitness/yoga|8|41|6|Fresh|d|s|Yoga,Mats,Movement
        sports/fitness/weights|5|73|8|Fresh|d|s|Strength,Iron,Fitness
        electronics/mobile/headphones|9|79|12|Tech|d|s|Audio,Headphones,Sound
        electronics/mobile/speakers|6|112|11|Tech|d|s|Speakers,Acoustics,Hi-Fi
        electronics/mobile/phone-cases|14|16|7|Tech|d|s|Cases,Mobile,Phone Cases
        electronics/mobile/chargers|10|21|9|Tech|d|s|Charging,Chargers,Cables
        electronics/desk/keyboards|6|94|9|Tech|d|s|Keyboards,Keys,Switches
        electronics/desk/desk-accessories|7|37|6|School|d|s|Desk Goods,Workspace,Desk Supply
        electronics/desk/smart-lighting|5|43|10|Tech|d|s|Smart Home,Bulbs
        garden/growing/seeds|8|8|1|Spring|e|s|Seeds,Seed Co.,Garden
        garden/growing/houseplants|11|26|4|Spring|e|s|Plants,Greenery,Ferns
        garden/growing/hand-tools|5|34|3|Spring|e|s|Garden Tools,Tools,Garden Supply
        garden/growing/outdoor-lighting|4|48|7|Spring|e|s|Lanterns,Garden Lights
        garden/growing/pots-and-planters|6|39|5|Spring|e|s|Pots,Terracotta
        pets/dogs/leads-and-collars|10|27|6|Steady|e|m|Collars,Leads,Dog Goods
        pets/dogs/dog-beds|5|69|7|Winter|e|s|Dog Beds,Den
        pets/dogs/dog-treats|7|15|1|Steady|d|m|Treats,Dog Kitchen
        pets/cats/cat-toys|6|14|3|Gifts|e|m|Cats,Cat Toys
        pets/cats/scratchers|4|48|6|Steady|e|s|Scratchers,Cat Furniture
        media/books/used-books|12|11|2|School|d|s|Books,Bookshop,Used Books
        media/books/picture-books|6|16|2|Toys|d|s|Picture Books,Story House
        media/music/vinyl|8|29|3|Gifts|e|s|Records,Vinyl,Grooves
        media/music/instrument-parts|4|36|5|School|e|s|Strings,Luthiers,Music
        """;

    public static readonly DemoCategory[] All = [.. Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|'))
        .Select(column => new DemoCategory(
            column[0], Number(column[1]), Number(column[2]), Number(column[3]) / 100,
            Enum.Parse<DemoSeason>(column[4]), column[5] == "e", column[6] == "m", column[7].Split(',')))];

    static readonly Dictionary<string, double> Middles = All.GroupBy(category => category.Middle).ToDictionary(middle => middle.Key, middle => middle.Sum(category => category.Popularity));

    static readonly Dictionary<string, int> RankOfMiddle = Middles
        .OrderByDescending(middle => middle.Value).ThenBy(middle => middle.Key, StringComparer.Ordinal)
        .Select((middle, index) => (middle.Key, Rank: index + 1)).ToDictionary(middle => middle.Key, middle => middle.Rank);

    /// <summary>
    /// Relative number of the sellers who sign up on a day. Middle branches follow the Zipf–Mandelbrot law, 1 / (2 + rank): the second has three quarters of
    /// the first's sellers, the fourth half.
    /// </summary>
    public static double Weight(DemoCategory category, DateOnly signedUpOn, DateOnly asOf) =>
        DemoBranches.Of(category).IsOpenOn(signedUpOn, asOf) ? category.Popularity / Middles[category.Middle] / (2 + RankOfMiddle[category.Middle]) : 0;

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
