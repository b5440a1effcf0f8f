using Guildhall.Browser.Tests.Samples;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>The studio's controls, with a script and without one.</summary>
public sealed class StudioTests(Chromium chromium, SamplePages pages) : IClassFixture<Chromium>, IClassFixture<SamplePages>
{
    [Fact]
    public async Task Opens_reasons_in_place_and_puts_the_focus_on_them()
    {
        await using var context = await chromium.Open(1440);
        var page = await Studio(context, "?open=none");
        await page.EvaluateAsync("() => { window.stayed = true; }");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show why Amara Osei is matched with Ruth Calloway" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why this pair scores 90" })).ToBeFocusedAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Reasons shown.");
        (await page.EvaluateAsync<bool>("() => window.stayed === true")).ShouldBeTrue("the page was not loaded again");
        await Expect(page.Locator("tbody[id^=pair-]")).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task Keeping_a_pair_marks_its_row_and_says_so()
    {
        await using var context = await chromium.Open(1440);
        var page = await Studio(context);

        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this pair" }).ClickAsync();

        await Expect(page.Locator("#pair-amara").GetByText("Kept", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop keeping" })).ToBeVisibleAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Amara Osei with Ruth Calloway is kept in every later run.");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why this pair scores 90" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Names_stand_on_a_line_each_on_a_laptop_whatever_the_shops_are_called()
    {
        await using var context = await chromium.Open(1440);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(pages.Host.Address, "/studio-stretched").ToString());

        var heights = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('tbody[id^=pair-] tr:not(.open) .pairc .ln')].map(line => line.getBoundingClientRect().height)");

        heights.ShouldNotBeEmpty();
        heights.ShouldAllBe(height => height < 30);
    }

    [Fact]
    public async Task Shows_more_pairs_without_leaving_the_page()
    {
        await using var context = await chromium.Open(1440);
        var page = await Studio(context);
        await page.GetByLabel("Hours", new() { Exact = false }).First.FillAsync("25");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show 29 more" }).ClickAsync();

        await Expect(page.Locator("tbody[id^=pair-]")).ToHaveCountAsync(9);
        await Expect(page.Locator("#weight-hours")).ToHaveValueAsync("25");
    }

    [Fact]
    public async Task Slider_number_and_total_move_together()
    {
        await using var context = await chromium.Open(1440);
        var page = await Studio(context);
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "Hours weight" });

        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(page.Locator("#weight-hours")).ToHaveValueAsync("21");
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("101");
        await page.Locator("#weight-hours").FillAsync("19");
        await Expect(slider).ToHaveValueAsync("19");
        await Expect(page.Locator("[data-total]")).ToHaveTextAsync("99");
    }

    [Fact]
    public async Task Box_above_the_list_leaves_all_pairs_out_and_takes_them_in()
    {
        await using var context = await chromium.Open(1440);
        var page = await Studio(context);
        var all = page.GetByRole(AriaRole.Checkbox, new() { Name = "Include all pairs shown" });

        await all.UncheckAsync();
        (await page.Locator("[name=include]:checked").CountAsync()).ShouldBe(0);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Include Amara Osei with Ruth Calloway" }).CheckAsync();
        await Expect(all).Not.ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Review and approve 38 pairs" }).ClickAsync();

        var sent = await page.Locator("body").InnerTextAsync();
        sent.ShouldContain("include=amara");
        sent.ShouldNotContain("include=amara,");
        sent.ShouldContain("ticked=amara,tomas");
    }

    public static TheoryData<AriaRole, string, string> FormsWithoutScript => new()
    {
        { AriaRole.Button, "Run again", "weight.category=30\nweight.velocity=15" },
        { AriaRole.Button, "Keep this pair", "" },
        { AriaRole.Switch, "At least 2 shared hours a week", "rule=hours\non=false" },
        { AriaRole.Button, "Never pair these two", "mentee=amara\nmentor=ruth" },
        { AriaRole.Button, "Reset", "weight.category=30" },
    };

    [Theory, MemberData(nameof(FormsWithoutScript))]
    public async Task Works_without_a_script(AriaRole role, string name, string sent)
    {
        await using var context = await chromium.Open(1440, scripts: false);
        var page = await Studio(context);

        await page.GetByRole(role, new() { Name = name }).ClickAsync();

        if (sent.Length == 0)
        {
            page.Url.ShouldEndWith("/studio?open=amara#pair-amara");
        }
        else
        {
            (await page.Locator("body").InnerTextAsync()).ShouldContain(sent);
        }
    }

    [Fact]
    public async Task Without_a_script_a_link_opens_reasons_and_no_dead_control_shows()
    {
        await using var context = await chromium.Open(1440, scripts: false);
        var page = await Studio(context, "?open=none");

        await Expect(page.GetByRole(AriaRole.Slider)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Include all pairs shown" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show why Amara Osei is matched with Ruth Calloway" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why this pair scores 90" })).ToBeVisibleAsync();
        await page.GetByText("Swap mentor").ClickAsync();
        await page.GetByLabel("Naomi Fields, 74").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Swap and run again" }).ClickAsync();
        var sent = await page.Locator("body").InnerTextAsync();
        sent.ShouldContain("pick-amara=naomi\n");
        sent.ShouldContain("mentee=amara\npick=pick-amara");
    }

    [Fact]
    public async Task On_a_phone_weights_are_read_and_not_changed()
    {
        await using var context = await chromium.Open(390);
        var page = await Studio(context);

        await Expect(page.Locator("#weight-hours")).ToBeHiddenAsync();
        await Expect(page.GetByText("Change weights on a laptop, where you see what moves.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why this pair scores 90" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Switches_keep_their_state_in_forced_colors()
    {
        await using var context = await chromium.Open(1440, forcedColors: true);
        var page = await Studio(context);

        var on = await Background(page, "#rule-hours");
        var off = await Background(page, "#rule-region");

        on.ShouldNotBe(off);
        await Screenshots.Take(page, "studio-1440-forced");

        static Task<string> Background(IPage page, string at) => page.Locator(at).EvaluateAsync<string>("element => getComputedStyle(element).backgroundColor");
    }

    async Task<IPage> Studio(IBrowserContext context, string query = "")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(pages.Host.Address, "/studio" + query).ToString());
        return page;
    }
}
