using System.IO.Compression;
using Guildhall.Browser.Tests.Samples;
using Guildhall.Browser.Tests.Support;
using Guildhall.Platform.Ui;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>What stands around every page: keyboard, colors, menus, weight.</summary>
public sealed class ShellTests(Chromium chromium, SamplePages pages) : IClassFixture<Chromium>, IClassFixture<SamplePages>
{
    [Fact]
    public async Task First_tab_stop_skips_to_the_content()
    {
        await using var context = await chromium.Open(1440);
        var page = await Open(context, "/studio");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("/studio", true)]
    [InlineData("/front", false)]
    public async Task Colors_follow_the_system_until_the_person_picks(string path, bool inMenu)
    {
        await using var context = await chromium.Open(1440, ColorScheme.Dark, scripts: false);
        var page = await Open(context, path);
        (await Paper(page)).ShouldBe("#131512", "the system is dark");

        if (inMenu)
        {
            await page.GetByText("Dana Whitfield").ClickAsync();
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).Locator("visible=true").ClickAsync();

        await page.GotoAsync(new Uri(pages.Host.Address, "/components").ToString());
        (await Paper(page)).ShouldBe("#f8f7f3", "the person picked light");
    }

    [Fact]
    public async Task Menu_closes_with_escape_and_gives_the_focus_back()
    {
        await using var context = await chromium.Open(1440);
        var page = await Open(context, "/studio");
        var menu = page.Locator(".gh-menu.up > summary");

        await menu.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).Locator("visible=true")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".gh-menu.up")).Not.ToHaveAttributeAsync("open", "");
        await Expect(menu).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Problems_of_a_form_are_met_first_and_named_in_the_title()
    {
        await using var context = await chromium.Open(390, scripts: false);
        var page = await Open(context, "/first-run");

        (await page.TitleAsync()).ShouldStartWith("Error: ");
        await Expect(page.Locator(".errsum")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Enter a password of 12 characters or more" }).ClickAsync();
        await Expect(page.Locator("#Password")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1440, 24)]
    [InlineData(390, 44)]
    public async Task A_switch_can_be_hit_around_what_is_drawn_of_it(int width, int pixels)
    {
        await using var context = await chromium.Open(width);
        var page = await Open(context, "/components");

        (await page.Locator("#rule-hours").EvaluateAsync<int>(HeightThatHits)).ShouldBeGreaterThanOrEqualTo(pixels);
    }

    [Fact]
    public async Task A_phone_shows_without_a_sideways_scroll_where_to_set_a_program_up_and_which_day_is_wrong()
    {
        await using var context = await chromium.Open(390);
        var page = await Open(context, "/programs");

        (await page.GetByRole(AriaRole.Link, new() { Name = "Set-up of Autumn 2026" }).EvaluateAsync<double>("e => e.getBoundingClientRect().right")).ShouldBeLessThan(390);
        await page.GotoAsync(new Uri(pages.Host.Address, "/components").ToString());
        (await page.GetByText("2018-02-30").EvaluateAsync<int>("e => e.getClientRects().length")).ShouldBe(1, "a day stands on one line");
    }

    [Fact]
    public async Task Focus_is_never_behind_the_bottom_bar()
    {
        await using var context = await chromium.Open(390);
        var page = await Open(context, "/studio");

        List<string> covered = [];
        for (var stop = 0; stop < 60; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>(FocusBehindTheBar) is { } element)
            {
                covered.Add(element);
            }
        }
        covered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Public_page_carries_no_script_and_stays_light()
    {
        await using var context = await chromium.Open(390);
        var page = await context.NewPageAsync();
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        page.Response += async (_, response) => sizes[new Uri(response.Url).AbsolutePath] = Gzip(await response.BodyAsync());

        await page.GotoAsync(new Uri(pages.Host.Address, "/front").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });

        (await page.Locator("script").CountAsync()).ShouldBe(0);
        sizes.ShouldContainKey(PageAssets.StyleSheet);
        sizes[PageAssets.StyleSheet].ShouldBeLessThan(15_000);
        sizes.Values.Sum().ShouldBeLessThan(60_000);
    }

    [Fact]
    public async Task Scripts_of_staff_pages_stay_within_20_kB()
    {
        using var http = new HttpClient { BaseAddress = pages.Host.Address };

        var scripts = await Task.WhenAll(http.GetByteArrayAsync(PageAssets.Htmx, Stop), http.GetByteArrayAsync(PageAssets.Script, Stop));

        scripts.Sum(Gzip).ShouldBeLessThan(20_000);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task Assets_are_kept_for_good_and_come_compressed(string encoding)
    {
        using var http = new HttpClient { BaseAddress = pages.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, PageAssets.StyleSheet);
        request.Headers.Add("Accept-Encoding", encoding);

        using var response = await http.SendAsync(request, Stop);

        response.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        var body = await response.Content.ReadAsStreamAsync(Stop);
        using var reader = new StreamReader(encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body });
        (await reader.ReadToEndAsync(Stop)).ShouldContain("--gh-paper");
        (await http.GetAsync("/assets/guildhall.000000000000.css", Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org")]
    [InlineData("/\\example.org")]
    public async Task Choosing_colors_never_leads_to_another_site(string back)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = pages.Host.Address };
        using var form = new FormUrlEncodedContent([new("theme", "dark"), new("back", back)]);

        using var response = await http.PostAsync("/theme", form, Stop);

        response.Headers.Location!.ToString().ShouldBe("/");
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    const string HeightThatHits = """
        e => {
          e.scrollIntoView({ block: "center" });
          const box = e.getBoundingClientRect(), x = box.left + box.width / 2;
          let hits = 0;
          for (let y = box.top - 40; y < box.bottom + 40; y++) if (document.elementFromPoint(x, y) === e) hits++;
          return hits;
        }
        """;

    const string FocusBehindTheBar = """
        () => {
          const at = document.activeElement, bar = document.querySelector(".gh-tabbar");
          if (!at || at === document.body || bar.contains(at)) return null;
          const box = at.getBoundingClientRect();
          return box.height > 0 && box.bottom > bar.getBoundingClientRect().top + 1 && box.height < 300 ? at.outerHTML.slice(0, 100) : null;
        }
        """;

    static Task<string> Paper(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--gh-paper').trim()");

    static int Gzip(byte[] content)
    {
        using var to = new MemoryStream();
        using (var compressing = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true))
        {
            compressing.Write(content);
        }
        return (int)to.Length;
    }

    async Task<IPage> Open(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(pages.Host.Address, path).ToString());
        return page;
    }
}
