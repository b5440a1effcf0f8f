using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Support;

/// <summary>The pictures of the documentation, taken by the journeys when GUILDHALL_PICTURES names their folder, so that they show what the product does.</summary>
static class DocumentationPictures
{
    const int LargestBytes = 300_000;

    static readonly string? folder = Environment.GetEnvironmentVariable("GUILDHALL_PICTURES") is { Length: > 0 } named ? Directory.CreateDirectory(named).FullName : null;

    /// <summary>The top of the page as a window of this size shows it.</summary>
    public static async Task Take(IPage page, string name, int width = 1440, int height = 1080, ColorScheme scheme = ColorScheme.Light)
    {
        if (folder is null)
        {
            return;
        }
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        // Hiding the caret takes an inline style, which the product refuses and the journey then reports.
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Caret = ScreenshotCaret.Initial });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(size.Width, size.Height);
        picture.Length.ShouldBeLessThan(LargestBytes, $"{name}.png is read over slow lines too");
    }
}
