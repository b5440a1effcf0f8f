using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>An editor's decision about a suggestion. Of two who decide at once, one wins and the other is told.</summary>
sealed class DecideSuggestion(GuildhallDb db, EditArticles articles, TimeProvider clock)
{
    /// <summary>Publishes what was suggested, as a version by whoever made it.</summary>
    public async Task<Result<Suggestion>> Approve(Guid id, FormFields form, Actor actor, CancellationToken stop)
    {
        if (await Find(id, form, stop) is not { } suggestion) return Refusal.NotFound("suggestion");
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        if (suggestion.State != SuggestionState.Waiting) return Suggestion.Decided;

        if (suggestion.ArticleId is not { } articleId)
        {
            if (!Article.Start(suggestion.Details, suggestion.Title, actor.AccountId, today.AddDays(Article.UsualReviewDays), today, now).Succeeded(out var started, out var unfit)) return unfit;
            if (Publish(started, suggestion, actor, now) is { } problem) return problem;
            var added = await articles.Add(started, db.Set<ArticleVersion>().Local.Single(), stop);
            return added.Refusal is { Code: "address_taken" } ? await WhoWasFirst(id, stop) : added.Refusal is { } refused ? refused : suggestion;
        }

        // The edition that the page showed of the article: nobody's change is written over unseen.
        var changed = await articles.Change(articleId, form.Edition("article"), (article, _) => article.State == ArticleState.Retired
            ? Refusal.Conflict("retired", "The article is retired. Publish it first, or decline the suggestion. Nothing was decided.")
            : Publish(article, suggestion, actor, now), stop);
        return changed.Refusal is { Code: "changed_meanwhile" } ? await WhoWasFirst(id, stop) : changed.Refusal is { } refusal ? refusal : suggestion;
    }

    public async Task<Result<Suggestion>> Decline(Guid id, FormFields form, Actor actor, CancellationToken stop)
    {
        if (await Find(id, form, stop) is not { } suggestion) return Refusal.NotFound("suggestion");
        if (suggestion.Decline(form.Text("Reason"), actor.AccountId, clock.GetUtcNow()).Refusal is { } refusal) return refusal;
        try
        {
            await db.SaveChangesAsync(stop);
            return suggestion;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Suggestion.Decided;
        }
    }

    Refusal? Publish(Article article, Suggestion suggestion, Actor actor, DateTimeOffset now)
    {
        if (!article.Revise(suggestion.Text, null, suggestion.MadeBy, suggestion.Note ?? "Suggested by a mentor", now).Succeeded(out var version, out var refusal)) return refusal;
        db.Add(version);
        return article.Publish().Refusal ?? suggestion.Approve(article.Id, actor.AccountId, now).Refusal;
    }

    // Either the suggestion was decided meanwhile, or its article changed: the two read differently.
    async Task<Refusal> WhoWasFirst(Guid id, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        return await db.Set<Suggestion>().AnyAsync(suggestion => suggestion.Id == id && suggestion.State == SuggestionState.Waiting, stop)
            ? Refusal.Conflict("changed_meanwhile", "Somebody else changed the article while you were on this page. Nothing was decided. Look at what the suggestion changes now, then decide.")
            : Suggestion.Decided;
    }

    async Task<Suggestion?> Find(Guid id, FormFields form, CancellationToken stop)
    {
        var suggestion = await db.Set<Suggestion>().SingleOrDefaultAsync(known => known.Id == id, stop);
        if (suggestion is not null) db.Entry(suggestion).Property(known => known.RowVersion).OriginalValue = form.Edition("seen");
        return suggestion;
    }
}
