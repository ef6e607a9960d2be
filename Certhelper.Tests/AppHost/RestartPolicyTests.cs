using Certhelper.AppHost.LocalEngine;
using Microsoft.Extensions.Time.Testing;

namespace Certhelper.Tests.AppHost;

public sealed class RestartPolicyTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Three_restarts_with_growing_pauses_then_none()
    {
        var policy = new RestartPolicy(time);

        TimeSpan?[] pauses = [policy.AfterDeath(), policy.AfterDeath(), policy.AfterDeath(), policy.AfterDeath()];

        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), null], pauses);
    }

    [Fact]
    public void Process_that_was_healthy_for_a_while_starts_a_new_count()
    {
        var policy = new RestartPolicy(time);
        for (var i = 0; i < RestartPolicy.Limit; i++) policy.AfterDeath();

        policy.Healthy();
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(TimeSpan.FromSeconds(0.5), policy.AfterDeath());
        Assert.Equal(1, policy.Restarts);
    }

    [Fact]
    public void Process_that_dies_right_after_it_became_healthy_does_not()
    {
        var policy = new RestartPolicy(time);
        for (var i = 0; i < RestartPolicy.Limit; i++) policy.AfterDeath();

        policy.Healthy();
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Null(policy.AfterDeath());
    }
}
