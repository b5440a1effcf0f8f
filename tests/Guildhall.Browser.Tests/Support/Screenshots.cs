using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Support;

/// <summary>Pictures of every page for a person to look at, taken when GUILDHALL_SCREENSHOTS names a folder: they double the time of a run.</summary>
static class Screenshots
{
    static readonly string? folder = Environment.GetEnvironmentVariable("GUILDHALL_SCREENSHOTS") is { Length: > 0 } named ? Directory.CreateDirectory(named).FullName : null;

    public static async Task Take(IPage page, string name)
    {
        if (folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true, Caret = ScreenshotCaret.Initial });
        }
    }
}
