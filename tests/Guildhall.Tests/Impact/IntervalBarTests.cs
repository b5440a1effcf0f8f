using Guildhall.Modules.Impact;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guildhall.Tests.Impact;

/// <summary>Where the parts of an interval's picture stand, as shares of its width.</summary>
public class IntervalBarTests
{
    [Theory]
    [InlineData(0.22, 0.05, 0.41, "23.75%", "60.98%", null)]
    [InlineData(0.1, -0.1, 0.3, "15.28%", "69.44%", "unclear")]
    [InlineData(-0.2, -0.3, -0.1, "15.28%", "46.3%", null)]
    // Rounded, a small effect may be nothing at both ends; and may stand on one place beside nothing.
    [InlineData(0, 0, 0, "50%", "0%", "unclear")]
    [InlineData(0.2, 0.2, 0.2, "84.72%", "0%", null)]
    public async Task Stand_within_it(double value, double lower, double upper, string from, string width, string? unclear)
    {
        var svg = await Rendered(value, lower, upper);

        svg.ShouldContain($"class=\"range\" x=\"{from}\" width=\"{width}\"");
        svg.Contains("unclear").ShouldBe(unclear is not null);
        svg.ShouldNotContain("NaN");
        svg.ShouldNotContain("∞");
        svg.ShouldNotContain("=\"-");
    }

    static async Task<string> Rendered(double value, double lower, double upper)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<IntervalBar>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Value"] = value,
            ["Lower"] = lower,
            ["Upper"] = upper,
            ["ValueText"] = "",
            ["LowerText"] = "",
            ["UpperText"] = "",
            ["Label"] = "An interval",
        }))).ToHtmlString());
    }
}
