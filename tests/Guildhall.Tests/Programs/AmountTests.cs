using System.Net;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Guildhall.Tests.Programs;

/// <summary>Amounts of a program once the marketplace has a currency.</summary>
public sealed class AmountTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Theory]
    [InlineData("USD", "60", 6_000L)]
    [InlineData("USD", "60.5", 6_050L)]
    [InlineData("USD", " 60.50 ", 6_050L)]
    [InlineData("JPY", "6000", 6_000L)]
    [InlineData("KWD", "1.005", 1_005L)]
    [InlineData("USD", "", null)]
    public void Are_kept_in_minor_units(string currency, string typed, long? minorUnits)
    {
        var form = Typed(typed);

        Amounts.Read(form, "Reward", "the reward", Currency.Find(currency)).ShouldBe(minorUnits);

        form.Refusal.ShouldBeNull();
        Amounts.Read(Typed(Amounts.Text(minorUnits, currency)), "Reward", "the reward", Currency.Find(currency)).ShouldBe(minorUnits);
    }

    [Theory]
    [InlineData("USD", "60.505", "Enter the reward in USD as a number with at most 2 decimals, such as 60.")]
    [InlineData("JPY", "60.5", "Enter the reward in JPY as a number without decimals, such as 6000.")]
    [InlineData("USD", "sixty", "Enter the reward in USD as a number with at most 2 decimals, such as 60.")]
    [InlineData("USD", "99999999999999999999", "Enter the reward in USD as a number with at most 2 decimals, such as 60.")]
    public void Are_refused_where_they_can_not_be_meant(string currency, string typed, string words)
    {
        var form = Typed(typed);

        Amounts.Read(form, "Reward", "the reward", Currency.Find(currency)).ShouldBeNull();

        form.Refusal!.Message.ShouldBe(words);
    }

    [Fact]
    public async Task Are_shown_before_the_program_opens_and_refused_at_zero()
    {
        var scene = await ProgramScene.GivenProgram(product);
        (await scene.Manager.Post("/settings/marketplace", ("Name", "Olive Street"), ("CurrencyCode", "USD"), ("TimeZone", "America/New_York"), ("Start", "empty"))).Location.ShouldNotBeNull();

        (await Save(scene, "rewards", ("Reward", "60.5"))).Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        (await Save(scene, "goal", ("Outcome", Outcome.RevenueMilestone), ("Target", "60"), ("Milestone", "1000"))).Location.ShouldNotBeNull();
        var shown = (await scene.Manager.Get($"/manage/{scene.Slug}/setup/publish")).Words;
        var zero = await Save(scene, "rewards", ("Reward", "0"));

        shown.ShouldContain("$60.50 for each finished mentee");
        shown.ShouldContain("A revenue milestone, sooner, within 60 days to $1,000, by Sun 4 Apr 2027, the program’s last day");
        (zero.Status, zero.Words.Contains("Enter a reward above 0, or leave it empty when it is not money.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        zero.Page.QuerySelector("#Reward")!.GetAttribute("value").ShouldBe("0");
    }

    static FormFields Typed(string text) => new(new FormCollection(new() { ["Reward"] = text }));

    static async Task<Answer> Save(ProgramScene scene, string step, params (string, string)[] fields) => await scene.Manager.Post(
        $"/manage/{scene.Slug}/setup/{step}", [.. fields, ("seen", (await scene.Manager.Page($"/manage/{scene.Slug}/setup/name")).QuerySelector("input[name=seen]")!.GetAttribute("value")!)]);
}
