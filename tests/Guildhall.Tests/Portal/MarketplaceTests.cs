using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Portal;

/// <summary>The name under which the installation shows itself.</summary>
public sealed class MarketplaceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly (string Name, string Value)[] Form = [("Name", "Feira Azul"), ("CurrencyCode", "BRL"), ("TimeZone", "America/Sao_Paulo"), ("Start", "empty")];

    [Theory]
    [InlineData("Name", " ", "Enter the marketplace’s name, up to 80 characters.")]
    [InlineData("CurrencyCode", "XXX", "Choose a currency from the list, such as USD.")]
    [InlineData("TimeZone", "Mars/Olympus", "Choose a time zone from the list, such as America/New_York.")]
    [InlineData("TimeZone", "../../etc/passwd", "Choose a time zone from the list, such as America/New_York.")]
    public async Task Refuses_a_marketplace_in_its_own_words(string field, string value, string words)
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();

        var refused = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != field), (field, value)]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.marketplace")).ShouldBe(0);
    }

    [Fact]
    public async Task Says_everything_that_is_wrong_with_a_form_and_keeps_what_was_typed()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();

        var refused = await manager.Post("/settings/marketplace", ("Name", ""), ("CurrencyCode", "XXX"), ("TimeZone", "Mars/Olympus"), ("Start", "empty"));

        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#Name", "#CurrencyCode", "#TimeZone"]);
        refused.Page.QuerySelector("input[name=Start][value=empty]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Tells_the_second_of_two_administrators_who_change_it_at_once()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();

        var beforeAnybody = await Seen(manager);
        (await manager.Post("/settings/marketplace", [.. Form, ("Seen", beforeAnybody)])).Location.ShouldBe("/settings/import");
        var late = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "Too late"), ("Seen", beforeAnybody)]);
        var seen = await Seen(manager);
        var first = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "Feira Verde"), ("Seen", seen)]);
        var second = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "Feira Rosa"), ("Seen", seen)]);

        first.Location.ShouldBe("/settings/marketplace?did=saved");
        foreach (var refused in (Answer[])[late, second])
            (refused.Status, refused.Words.Contains("Somebody else named the marketplace while you were on this page.")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await product.Database.ScalarAsync<string>("SELECT name FROM platform.marketplace")).ShouldBe("Feira Verde");
    }

    [Fact]
    public async Task Shows_a_time_zone_that_is_not_among_the_choices()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();
        await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "TimeZone"), ("TimeZone", "UTC")]);

        var shown = (await manager.Page("/settings/marketplace")).QuerySelectorAll("#TimeZone option[selected]");

        shown.Select(option => option.GetAttribute("value")).ShouldBe(["UTC"]);
    }

    [Fact]
    public async Task Welcomes_the_first_administrator_and_says_what_comes_next_and_who_they_are()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();
        using var other = await product.AnotherManager("Pia Sand", "pia@example.com");

        var first = await manager.Get("/settings/marketplace");
        (await manager.Post("/settings/marketplace", Form)).Location.ShouldNotBeNull();
        var later = await manager.Get("/settings/marketplace");

        first.Words.ShouldContain("Your account is ready. Say which marketplace this is for; next you");
        first.Page.QuerySelector(".gh-brand")!.TextContent.Trim().ShouldBe("Guildhall");
        first.Words.ShouldContain("its name leads the pages that sellers see.");
        later.Page.QuerySelector(".gh-me small")!.TextContent.ShouldBe("Administrator and program manager");
        (await other.Page("/manage")).QuerySelector(".gh-me small")!.TextContent.ShouldBe("Program manager");
    }

    [Fact]
    public async Task Stays_on_its_page_with_the_rail_and_says_that_it_saved()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();
        (await manager.Post("/settings/marketplace", Form)).Location.ShouldNotBeNull();

        var renamed = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "Feira Verde")]);
        var saved = await manager.Get(renamed.Location!);
        var refused = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "")]);

        saved.Words.ShouldContain("Saved.");
        foreach (var page in (Answer[])[saved, refused])
        {
            page.Page.QuerySelector("nav[aria-label=Main] a[aria-current]")!.TextContent.ShouldContain("Marketplace");
            page.Page.QuerySelector("h1")!.TextContent.ShouldBe("Marketplace");
            page.Page.QuerySelector("main")!.TextContent.ShouldContain("BRL");
            page.Page.QuerySelector("[name=CurrencyCode]").ShouldBeNull();
        }
    }

    static async Task<string> Seen(Browser browser) => (await browser.Page("/settings/marketplace")).QuerySelector("input[name=Seen]")!.GetAttribute("value")!;

    [Fact]
    public async Task Leads_on_to_the_import_keeps_its_currency_and_stands_on_the_front_page()
    {
        await product.Database.ExecuteAsync("DELETE FROM platform.marketplace");
        var manager = await product.Manager();
        using var visitor = product.Visitor();

        var named = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "Name"), ("Name", "Feira <Azul>")]);
        var renamed = await manager.Post("/settings/marketplace", [.. Form.Where(f => f.Name != "CurrencyCode"), ("CurrencyCode", "USD")]);
        var front = await visitor.Get("/");

        (named.Location, renamed.Location).ShouldBe(("/settings/import", "/settings/marketplace?did=saved"));
        (await product.Database.ScalarAsync<string>("SELECT name || ' ' || currency_code FROM platform.marketplace")).ShouldBe("Feira Azul BRL");
        front.Words.ShouldContain("Feira Azul");
        front.Page.QuerySelector("a[href='/sign-in']").ShouldNotBeNull();
    }
}
