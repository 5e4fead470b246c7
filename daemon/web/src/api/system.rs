//! How the box does. Measured when somebody asks, never by itself: the calls have the machine.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use sysinfo::{Components, MINIMUM_CPU_UPDATE_INTERVAL, MemoryRefreshKind, ProcessRefreshKind, ProcessesToUpdate};
use tokio::sync::Mutex;

use super::model::{Machine, System};
use super::{App, overview};
use crate::problem::Problem;
use crate::why::Why;

/// How long one measurement answers everybody: what a person can follow, and a hundred browsers cost as much as one.
const FRESH: Duration = Duration::from_secs(2);

/// The newest measurement, with its time since the start. Who asks meanwhile waits for the one that is under way.
#[derive(Default)]
pub(super) struct Gauge(Mutex<Option<(Duration, System)>>);

/// How the box does
#[utoipa::path(get, path = "/api/system", tag = "system", responses((status = 200, body = System)))]
pub(super) async fn health(State(app): State<App>) -> Result<Json<System>, Problem> {
    let mut newest = app.gauge.0.lock().await;
    let now = app.office.now().since_boot;
    if let Some((at, system)) = &*newest
        && now.saturating_sub(*at) < FRESH
    {
        return Ok(Json(system.clone()));
    }
    let system = measure(&app).await?;
    *newest = Some((app.office.now().since_boot, system.clone()));
    Ok(Json(system))
}

/// What a processor does is what it did between two looks; the wait between them holds no thread.
async fn measure(app: &App) -> Result<System, Problem> {
    let mut looks = app.wait(|_| Looks::begin()).await?;
    tokio::time::sleep(MINIMUM_CPU_UPDATE_INTERVAL).await;
    app.wait(move |office| {
        looks.look();
        let now = office.now();
        let process = looks.system.process(looks.pid);
        Ok(System {
            at: now.wall,
            is_clock_set: now.synced,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            up_s: now.since_boot.as_secs(),
            cpu_percent: process.map_or(0.0, |process| process.cpu_usage()),
            memory_bytes: process.map_or(0, |process| process.memory()),
            machine: looks.machine(),
            disk: overview::disk(office),
        })
    })
    .await
}

struct Looks {
    system: sysinfo::System,
    pid: sysinfo::Pid,
}

impl Looks {
    fn begin() -> Result<Looks, Problem> {
        let system = sysinfo::System::new().map_err(|error| Problem::failed(Why::NoFigures, &error))?;
        let mut looks = Looks { system, pid: sysinfo::Pid::from_u32(std::process::id()) };
        looks.look();
        Ok(looks)
    }

    /// Only what is shown: all processes with their threads would cost a thousand times as much.
    fn look(&mut self) {
        self.system.refresh_cpu_usage();
        self.system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
        let what = ProcessRefreshKind::nothing().with_cpu().with_memory().without_tasks();
        self.system.refresh_processes_specifics(ProcessesToUpdate::Some(&[self.pid]), false, what);
    }

    fn machine(&self) -> Machine {
        let warmest = |components: Components| {
            let degrees = components.iter().filter_map(sysinfo::Component::temperature);
            degrees.filter(|degrees| degrees.is_finite()).max_by(f32::total_cmp)
        };
        Machine {
            up_s: sysinfo::System::uptime().ok(),
            cores: u32::try_from(self.system.cpus().len()).unwrap_or(u32::MAX),
            cpu_percent: self.system.global_cpu_usage(),
            memory_used_bytes: self.system.used_memory(),
            memory_total_bytes: self.system.total_memory(),
            temperature_c: Components::new_with_refreshed_list().ok().and_then(warmest),
        }
    }
}
