using System.CommandLine;
using Guildhall.Modules.Portal;

namespace Guildhall.Commands;

/// <summary>Names the marketplace that this installation serves, as the set-up page does.</summary>
static class MarketplaceVerb
{
    internal static Command Build()
    {
        var name = new Argument<string>("name") { Description = "What pages call the marketplace" };
        var currency = new Option<string>("--currency") { Description = "ISO 4217, such as USD; it can’t change later", HelpName = "code", Required = true };
        var zone = new Option<string>("--time-zone") { Description = "IANA zone of the marketplace’s days, such as America/New_York", HelpName = "zone", Required = true };
        var command = new Command("marketplace", "Name the marketplace that this installation serves") { name, currency, zone };
        command.SetAction(async (parsed, stop) =>
        {
            await using var product = await ProductScope.OpenAsync(stop);
            var form = new MarketplaceForm { Name = parsed.GetRequiredValue(name), CurrencyCode = parsed.GetRequiredValue(currency), TimeZone = parsed.GetRequiredValue(zone) };
            if (!(await product.Get<NameMarketplace>().Run(form, stop)).Succeeded(out var marketplace, out var refusal)) return ProductScope.Refused(refusal);
            Console.WriteLine($"{marketplace.Name}, {marketplace.CurrencyCode}, {marketplace.TimeZone}");
            return 0;
        });
        return command;
    }
}
