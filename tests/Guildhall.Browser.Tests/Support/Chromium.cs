using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Support;

/// <summary>One Chromium for all journeys; each journey opens its own context.</summary>
public sealed class Chromium : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("GUILDHALL_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <param name="width">CSS pixels. At 600 or less the page believes it is on a phone: touch, mobile viewport.</param>
    internal Task<IBrowserContext> Open(int width, ColorScheme scheme = ColorScheme.Light, bool scripts = true, bool forcedColors = false) => browser!.NewContextAsync(new()
    {
        ViewportSize = new() { Width = width, Height = width > 600 ? 900 : 844 },
        DeviceScaleFactor = 1,
        IsMobile = width <= 600,
        HasTouch = width <= 600,
        ColorScheme = scheme,
        ForcedColors = forcedColors ? ForcedColors.Active : ForcedColors.None,
        ReducedMotion = ReducedMotion.Reduce,
        JavaScriptEnabled = scripts,
        Locale = "en-US",
    });

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
    }
}
