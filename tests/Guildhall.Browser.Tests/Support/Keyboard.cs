using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Support;

/// <summary>Hands that have no mouse: go from stop to stop, and remember where the focus could not be seen.</summary>
sealed class Keyboard(IPage page)
{
    const int MostStops = 400;

    /// <summary>Stops at which nothing showed where the focus was.</summary>
    public List<string> Hidden { get; } = [];

    public Task Press(string key, ILocator on) => Press(key, on, "Tab");

    public Task PressBackwards(string key, ILocator on) => Press(key, on, "Shift+Tab");

    async Task Press(string key, ILocator on, string step)
    {
        await on.First.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await on.First.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await page.Keyboard.PressAsync(key);
                return;
            }
            await page.Keyboard.PressAsync(step);
            if (await page.EvaluateAsync<string?>(UnseenFocus) is { } unseen)
            {
                Hidden.Add(unseen);
            }
        }
        throw new ShouldAssertException($"The keyboard never reached {on}");
    }

    const string UnseenFocus = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body) return null;
          const box = at.getBoundingClientRect(), style = getComputedStyle(at), slider = at.type === "range";
          const ring = slider || style.outlineStyle !== "none" || style.boxShadow !== "none";
          const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          const covering = box.height < innerHeight && inView
            ? document.elementFromPoint(Math.max(0, Math.min(innerWidth - 1, box.left + box.width / 2)), Math.max(0, Math.min(innerHeight - 1, box.top + box.height / 2)))
            : at;
          const uncovered = covering && (at.contains(covering) || covering.contains(at));
          return ring && inView && uncovered ? null : `${ring ? "" : "no ring "}${inView ? "" : "out of view "}${uncovered ? "" : "covered "}${at.outerHTML.slice(0, 140)}`;
        }
        """;
}
